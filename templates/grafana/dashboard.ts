/* eslint-disable @typescript-eslint/no-deprecated -- Grafana reads the next form, dashboardv2, from files only since a version that many do not have yet */
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';

import { type Objectives, usualObjectives } from '../prometheus/objectives.js';
import { selectors } from '../prometheus/promql.js';
import { metrics } from '../service/files/src/metrics/catalog.js';
import { bottomOf, headingAt, placedBelow } from './layout.js';
import { datasource, panelBuilder } from './panel-builder.js';
import { dashboardRows } from './rows.js';

/** The dashboard as Grafana stores it. */
export function dashboard(job: string, options: Objectives & { readonly hasNginx?: boolean } = usualObjectives): Dashboard {
  const { series } = selectors({ job });
  const instances = `label_values(${series(metrics.workersWanted)}, instance)`;
  const builder = new DashboardBuilder(job)
    .uid(job)
    .tags(['nodejs'])
    .editable()
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    .timezone('browser')
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(
      new QueryVariableBuilder('instance')
        .label('Instance')
        .datasource(datasource)
        .query(instances)
        .definition(instances)
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .multi(true)
        .includeAll(true)
        .allValue('.*')
        .current({ text: 'All', value: '$__all' }),
    )
    .annotation(annotation('Workers lost', 'orange', `sum by (instance, reason) (increase(${series(metrics.workerRestarts, { reason: '=~"crash|hang"' })}[1m])) > 0`))
    .annotation(annotation('Reloads', 'blue', `sum by (instance, outcome) (increase(${series(metrics.reloads)}[1m])) > 0`))
    .annotation(annotation('Critical alerts', 'red', `ALERTS{job="${job}", alertstate="firing", severity="critical"}`));
  addRows(builder, job, options);
  return builder.build();
}

const annotation = (name: string, iconColor: string, expr: string): AnnotationQueryBuilder =>
  new AnnotationQueryBuilder().name(name).iconColor(iconColor).expr(expr).datasource(datasource).enable(true).titleFormat(name);

/** With ids, which the SDK leaves to whoever stores the dashboard: this one is read from a file. */
function addRows(builder: DashboardBuilder, job: string, options: Objectives & { readonly hasNginx?: boolean }): void {
  let id = 1;
  let y = 0;
  for (const { title, panels } of dashboardRows(job, options)) {
    const placed = placedBelow(y + 1, panels);
    builder.withRow(new RowBuilder(title).id(id++).gridPos(headingAt(y)));
    for (const { panel, place } of placed) builder.withPanel(panelBuilder(panel, id++, place));
    y = bottomOf(placed);
  }
}
