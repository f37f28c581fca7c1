import { metrics } from '../../service/files/src/metrics/catalog.js';
import { selectors } from '../promql.js';
import { type Case, INSTANCE } from './case.js';

export function trafficCases(job: string): Case[] {
  const { series } = selectors({ job, instance: INSTANCE });
  const good = series(metrics.httpRequests, { method: '="GET"', route: '="/"', status: '="200"' });
  const failed = series(metrics.httpRequests, { method: '="GET"', route: '="/"', status: '="500"' });
  const probed = series(metrics.httpRequests, { method: '="GET"', route: '="/readyz"', status: '="503"' });
  const shed = series(metrics.httpRequestsShed, { reason: '="event_loop_delay"' });
  return [
    { name: '10 % of the requests fail', series: { [good]: '0+90x20', [failed]: '0+10x20' }, at: '15m', alert: 'ErrorRatioHigh', firing: [{ labels: { job }, shows: '10%' }] },
    { name: '4 % of the requests fail', series: { [good]: '0+96x20', [failed]: '0+4x20' }, at: '15m', alert: 'ErrorRatioHigh', firing: [] },
    { name: 'half of six requests a minute fail: too few to tell', series: { [good]: '0+3x20', [failed]: '0+3x20' }, at: '15m', alert: 'ErrorRatioHigh', firing: [] },
    { name: 'a probe is told each second that a drain is under way', series: { [good]: '0+100x20', [probed]: '0+60x20' }, at: '15m', alert: 'ErrorRatioHigh', firing: [] },
    { name: 'no request has ever failed', series: { [good]: '0+100x20' }, at: '15m', alert: 'ErrorRatioHigh', firing: [] },
    { name: 'every request fails from the first on', series: { [failed]: '0+100x20' }, at: '15m', alert: 'ErrorRatioHigh', firing: [{ labels: { job }, shows: '100%' }] },
    { name: '10 % fail, and a few scrapes are lost', series: { [good]: '0+90x8 _x2 990+90x15', [failed]: '0+10x8 _x2 110+10x15' }, at: '15m', alert: 'ErrorRatioHigh', firing: [{ labels: { job }, shows: '10%' }] },
    { name: 'the service is started anew: its counters begin at 0', series: { [good]: '0+99x10 0+99x15', [failed]: '0+1x10 0+1x15' }, at: '17m', alert: 'ErrorRatioHigh', firing: [] },
    { name: 'there is no traffic', series: { [good]: '100x20', [failed]: '100x20' }, at: '15m', alert: 'ErrorRatioHigh', firing: [] },
    { name: '5 % of the requests are refused', series: { [good]: '0+100x20', [shed]: '0+5x20' }, at: '15m', alert: 'RequestsShed', firing: [{ labels: { job }, shows: '5%' }] },
    { name: 'one request in a thousand is refused', series: { [good]: '0+1000x20', [shed]: '0+1x20' }, at: '15m', alert: 'RequestsShed', firing: [] },
    { name: 'requests are refused for two minutes only', series: { [good]: '0+100x30', [shed]: '0x10 10 20 20x20' }, at: '25m', alert: 'RequestsShed', firing: [] },
  ];
}
