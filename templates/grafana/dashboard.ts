import { type Objectives, usualObjectives } from '../prometheus/objectives.js';
import { selectors } from '../prometheus/promql.js';
import { metrics } from '../service/files/src/metrics/catalog.js';
import { layOut } from './panel.js';
import { dashboardRows } from './rows.js';

/** The form that Grafana 12 writes itself; older ones are brought up to date when they are loaded. */
const SCHEMA_VERSION = 41;

const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/** The dashboard as Grafana stores it. */
export function dashboard(job: string, options: Objectives & { readonly hasNginx?: boolean } = usualObjectives): object {
  const { series } = selectors({ job });
  const instances = `label_values(${series(metrics.workersWanted)}, instance)`;
  return {
    uid: job,
    title: job,
    tags: ['nodejs'],
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'browser',
    templating: {
      list: [
        { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
        { name: 'instance', label: 'Instance', type: 'query', datasource, query: instances, definition: instances, refresh: 2, multi: true, includeAll: true, allValue: '.*', current: { text: 'All', value: '$__all' } },
      ],
    },
    annotations: {
      list: [
        annotation('Workers lost', 'orange', `sum by (instance, reason) (increase(${series(metrics.workerRestarts, { reason: '=~"crash|hang"' })}[1m])) > 0`),
        annotation('Reloads', 'blue', `sum by (instance, outcome) (increase(${series(metrics.reloads)}[1m])) > 0`),
        annotation('Critical alerts', 'red', `ALERTS{job="${job}", alertstate="firing", severity="critical"}`),
      ],
    },
    panels: layOut(dashboardRows(job, options)),
  };
}

const annotation = (name: string, iconColor: string, expr: string): object => ({ name, iconColor, expr, datasource, enable: true, titleFormat: name });
