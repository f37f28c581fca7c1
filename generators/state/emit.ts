import { packBase } from './base.js';
import { modeOf, type Mode } from './mode.js';
import { describeState, serializeState, type Written } from './state.js';

export interface EmittedFile {
  readonly bytes: Buffer;
  readonly mode: Mode;
}

/** Everything that is written: what compose returns, and the record of it from which an upgrade starts. */
export type Emission = ReadonlyMap<string, EmittedFile>;

/** Adds the record to the composed files, and leaves out the ejected ones. */
export function emit(written: Written): Emission {
  const { composed, ejected } = written;
  const files = [...composed].filter(([path]) => !ejected.includes(path));
  return new Map<string, EmittedFile>([
    ...files.map(([path, text]): [string, EmittedFile] => [path, { bytes: Buffer.from(text), mode: modeOf(text) }]),
    ['.hcnode.json', { bytes: Buffer.from(serializeState(describeState(written))), mode: '644' }],
    ['.hcnode/base.gz', { bytes: packBase(composed), mode: '644' }],
  ]);
}
