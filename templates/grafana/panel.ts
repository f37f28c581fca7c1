/** What a panel shows, before Grafana's form of it. */
export interface Panel {
  readonly title: string;
  /** For the reader who sees it for the first time: what it is, and what is normal. */
  readonly about: string;
  readonly kind: 'timeseries' | 'stat' | 'heatmap' | 'table';
  /** Grafana's name of a unit, such as s, bytes, percentunit, reqps. */
  readonly unit: string;
  /** PromQL by legend; the legend may hold `{{label}}`. */
  readonly queries: Readonly<Record<string, string>>;
  /** Colours from a value on, in order; the first has none. */
  readonly thresholds?: readonly (readonly [colour: string, from: number | null])[];
  /** Default: 0, except for those that may be negative. */
  readonly min?: number | null;
  readonly max?: number;
  readonly isStacked?: boolean;
  /** Of a table whose queries become columns: the unit of each, by its legend. Rows are what the queries have in common. */
  readonly columnUnits?: Readonly<Record<string, string>>;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const COLUMNS = 24;
/** Columns and rows of Grafana's grid. */
const sizes = {
  stat: { w: 4, h: 4 },
  timeseries: { w: 12, h: 8 },
  heatmap: { w: 12, h: 8 },
  table: { w: 12, h: 8 },
  wideTable: { w: COLUMNS, h: 8 },
} as const;

const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/** Panels of all rows in Grafana's form, laid out from left to right and from top to bottom. */
export function layOut(rows: readonly Row[]): object[] {
  const laid: object[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    laid.push({ id: laid.length + 1, type: 'row', title, collapsed: false, gridPos: { x: 0, y, w: COLUMNS, h: 1 }, panels: [] });
    y++;
    let x = 0;
    let height = 0;
    for (const panel of panels) {
      const { w, h } = panel.columnUnits ? sizes.wideTable : sizes[panel.kind];
      if (x + w > COLUMNS) {
        x = 0;
        y += height;
        height = 0;
      }
      laid.push({ id: laid.length + 1, ...inGrafanasForm(panel), gridPos: { x, y, w, h } });
      x += w;
      height = Math.max(height, h);
    }
    y += height;
  }
  return laid;
}

function inGrafanasForm({ title, about, kind, unit, queries, thresholds, min = 0, max, isStacked = false, columnUnits }: Panel): object {
  return {
    type: kind,
    title,
    description: about,
    datasource,
    fieldConfig: {
      defaults: {
        unit,
        ...(min === null ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        ...(thresholds ? { color: { mode: kind === 'stat' ? 'thresholds' : 'palette-classic' }, thresholds: { mode: 'absolute', steps: thresholds.map(([color, value]) => ({ color, value })) } } : {}),
        ...(kind === 'timeseries' ? { custom: custom({ isStacked, hasLimits: thresholds !== undefined }) } : {}),
      },
      overrides: Object.entries(columnUnits ?? {}).map(([column, columnUnit]) => ({ matcher: { id: 'byName', options: column }, properties: [{ id: 'unit', value: columnUnit }] })),
    },
    options: options[kind],
    ...(columnUnits ? { transformations: joined(Object.keys(queries)) } : {}),
    targets: Object.entries(queries).map(([legend, expr], index) => ({
      refId: refId(index),
      datasource,
      expr,
      legendFormat: legend,
      ...(kind === 'heatmap' ? { format: 'heatmap' } : {}),
      ...(kind === 'table' ? { format: 'table', instant: true } : {}),
    })),
  };
}

const refId = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** One row for each set of labels, one column for each query, under its legend. */
const joined = (legends: readonly string[]): object[] => [
  { id: 'merge', options: {} },
  { id: 'organize', options: { excludeByName: { Time: true }, renameByName: Object.fromEntries(legends.map((legend, index) => [`Value #${refId(index)}`, legend])) } },
];

const custom = ({ isStacked, hasLimits }: { isStacked: boolean; hasLimits: boolean }): object => ({
  lineWidth: 1,
  fillOpacity: isStacked ? 30 : 0,
  stacking: { mode: isStacked ? 'normal' : 'none', group: 'A' },
  thresholdsStyle: { mode: hasLimits ? 'line' : 'off' },
});

const options: Readonly<Record<Panel['kind'], object>> = {
  timeseries: { legend: { displayMode: 'list', placement: 'bottom', showLegend: true }, tooltip: { mode: 'multi', sort: 'desc' } },
  stat: { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false }, colorMode: 'value', graphMode: 'area' },
  heatmap: { calculate: false, yAxis: { unit: 's' }, color: { mode: 'scheme', scheme: 'Oranges', steps: 64 } },
  table: { showHeader: true },
};
