import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId, type Panel as GrafanaPanel, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { HeatmapColorMode, HeatmapColorOptionsBuilder, PanelBuilder as HeatmapBuilder, YAxisConfigBuilder } from '@grafana/grafana-foundation-sdk/heatmap';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

import type { Place } from './layout.js';
import type { Panel } from './panel.js';

/** Grafana's variable: whoever opens the dashboard says which Prometheus it asks. */
export const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

type AnyBuilder = TimeseriesBuilder | StatBuilder | HeatmapBuilder | TableBuilder;

/** A panel in the hands of Grafana's SDK. */
export function panelBuilder(panel: Panel, id: number, gridPos: Place): Builder<GrafanaPanel> {
  const { title, about, kind, unit, queries, thresholds, min = 0, max, columnUnits } = panel;
  const builder: AnyBuilder = builders[kind](panel);
  builder.id(id).title(title).description(about).gridPos(gridPos).datasource(datasource).unit(unit);
  if (min !== null) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (thresholds) {
    builder
      .colorScheme(new FieldColorBuilder().mode(kind === 'stat' ? FieldColorModeId.Thresholds : FieldColorModeId.PaletteClassic))
      .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(thresholds.map(([color, value]) => ({ color, value }))));
  }
  for (const [column, columnUnit] of Object.entries(columnUnits ?? {})) builder.overrideByName(column, [{ id: 'unit', value: columnUnit }]);
  if (columnUnits) builder.transformations(joined(Object.keys(queries)));
  return builder.targets(Object.entries(queries).map(([legend, expr], index) => target(kind, legend, expr, index)));
}

const builders = {
  timeseries: ({ isStacked = false, thresholds }) =>
    new TimeseriesBuilder()
      .legend(new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).showLegend(true))
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
      .lineWidth(1)
      .fillOpacity(isStacked ? 30 : 0)
      .stacking(new StackingConfigBuilder().mode(isStacked ? StackingMode.Normal : StackingMode.None).group('A'))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(thresholds ? GraphThresholdsStyleMode.Line : GraphThresholdsStyleMode.Off)),
  stat: () =>
    new StatBuilder()
      .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
      .colorMode(BigValueColorMode.Value)
      .graphMode(BigValueGraphMode.Area),
  heatmap: () =>
    new HeatmapBuilder()
      .calculate(false)
      .yAxis(new YAxisConfigBuilder().unit('s'))
      .color(new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme('Oranges').steps(64)),
  table: () => new TableBuilder().showHeader(true),
} as const satisfies Record<Panel['kind'], (panel: Panel) => AnyBuilder>;

function target(kind: Panel['kind'], legend: string, expr: string, index: number): Builder<Dataquery> {
  const query = new DataqueryBuilder().refId(refId(index)).datasource(datasource).expr(expr).legendFormat(legend);
  if (kind === 'heatmap') return query.range().format(PromQueryFormat.Heatmap);
  if (kind === 'table') return query.instant().format(PromQueryFormat.Table);
  return query.range();
}

const refId = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** One row for each set of labels, one column for each query, under its legend. */
const joined = (legends: readonly string[]): { id: string; options: object }[] => [
  { id: 'merge', options: {} },
  { id: 'organize', options: { excludeByName: { Time: true }, renameByName: Object.fromEntries(legends.map((legend, index) => [`Value #${refId(index)}`, legend])) } },
];
