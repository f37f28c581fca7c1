import type { Panel } from './panel.js';

/** A place on Grafana's grid. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const COLUMNS = 24;
const sizes = {
  stat: { w: 4, h: 4 },
  timeseries: { w: 12, h: 8 },
  heatmap: { w: 12, h: 8 },
  table: { w: 12, h: 8 },
} as const;

export interface PlacedPanel {
  readonly panel: Panel;
  readonly place: Place;
}

/** A row's panels, from left to right and from top to bottom. The SDK's own layout lets panels run over the right edge. */
export function placedBelow(top: number, panels: readonly Panel[]): readonly PlacedPanel[] {
  const placed: PlacedPanel[] = [];
  let [x, y, height] = [0, top, 0];
  for (const panel of panels) {
    const { kind, columnUnits } = panel;
    const { w, h } = columnUnits ? { w: COLUMNS, h: sizes[kind].h } : sizes[kind];
    if (x + w > COLUMNS) [x, y, height] = [0, y + height, 0];
    placed.push({ panel, place: { x, y, w, h } });
    x += w;
    height = Math.max(height, h);
  }
  return placed;
}

/** The place of a row's heading. */
export const headingAt = (y: number): Place => ({ x: 0, y, w: COLUMNS, h: 1 });

/** The first line that is free below. */
export const bottomOf = (placed: readonly PlacedPanel[]): number => Math.max(...placed.map(({ place: { y, h } }) => y + h));
