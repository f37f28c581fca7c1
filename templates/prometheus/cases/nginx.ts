import { nginxJob } from '../nginx-job.js';
import { nginxMetrics } from '../nginx-metrics.js';
import { scrapeMetrics, selectors } from '../promql.js';
import type { Case } from './case.js';

const INSTANCE = '10.0.0.1:9113';

export function nginxCases(name: string): Case[] {
  const job = nginxJob(name);
  const { series } = selectors({ job, instance: INSTANCE });
  const answered = (status: string): string => series(nginxMetrics.responses, { status: `="${status}"` });
  const unanswered = series(nginxMetrics.upstreamFailures);
  const up = series(nginxMetrics.up);
  const scraped = series(scrapeMetrics.up);
  const dropped = series(nginxMetrics.connectionsDropped);
  const labels = { job, instance: INSTANCE };
  return [
    { name: 'nginx is gone, its exporter is there', series: { [up]: '1x5 0x10', [scraped]: '1x15' }, at: '10m', alert: 'NginxDown', firing: [{ labels }] },
    { name: 'both are gone', series: { [up]: '1x5 _x10', [scraped]: '1x5 0x10' }, at: '12m', alert: 'NginxDown', firing: [{ labels }] },
    { name: 'a scrape failed', series: { [up]: '1x5 _ 1x10', [scraped]: '1x5 0 1x10' }, at: '7m', alert: 'NginxDown', firing: [] },
    { name: 'there is no nginx', series: {}, at: '10m', alert: 'NginxDown', firing: [] },

    { name: '10 % fail', series: { [answered('200')]: '0+90x20', [answered('500')]: '0+10x20' }, at: '15m', alert: 'NginxErrorRatioHigh', firing: [{ labels: { job }, shows: '10%' }] },
    { name: '1 % fails', series: { [answered('200')]: '0+99x20', [answered('500')]: '0+1x20' }, at: '15m', alert: 'NginxErrorRatioHigh', firing: [] },
    { name: 'half of four requests a minute fail', series: { [answered('200')]: '0+2x20', [answered('502')]: '0+2x20' }, at: '15m', alert: 'NginxErrorRatioHigh', firing: [] },

    { name: '2 % get no answer', series: { [answered('200')]: '0+98x20', [answered('502')]: '0+2x20', [unanswered]: '0+2x20' }, at: '15m', alert: 'NginxUpstreamUnreachable', firing: [{ labels: { job }, shows: '2%' }] },
    { name: 'the service itself answers 502', series: { [answered('200')]: '0+98x20', [answered('502')]: '0+2x20', [unanswered]: '0x20' }, at: '15m', alert: 'NginxUpstreamUnreachable', firing: [] },
    { name: 'one of 500 requests got no answer', series: { [answered('200')]: '0+100x20', [unanswered]: '0x5 1x15' }, at: '8m', alert: 'NginxUpstreamUnreachable', firing: [] },
    { name: 'two requests a minute, and none gets an answer', series: { [answered('502')]: '0+2x20', [unanswered]: '0+2x20' }, at: '15m', alert: 'NginxUpstreamUnreachable', firing: [{ labels: { job }, shows: '100%' }] },
    { name: 'a worker died', series: { [answered('200')]: '0+6000x20', [unanswered]: '0x5 3x15' }, at: '8m', alert: 'NginxUpstreamUnreachable', firing: [] },

    { name: 'connections are dropped', series: { [dropped]: '0+2x20' }, at: '15m', alert: 'NginxConnectionsDropped', firing: [{ labels, shows: '10' }] },
    { name: 'connections were dropped', series: { [dropped]: '0x5 9x30' }, at: '25m', alert: 'NginxConnectionsDropped', firing: [] },

    { name: 'a fifth is over the limits', series: { [answered('200')]: '0+80x40', [answered('429')]: '0+20x40' }, at: '30m', alert: 'NginxLimitsClients', firing: [{ labels: { job }, shows: '20%' }] },
    { name: 'a burst was over the limits', series: { [answered('200')]: '0+80x40', [answered('429')]: '0x10 0+20x4 80x30' }, at: '22m', alert: 'NginxLimitsClients', firing: [] },
  ];
}
