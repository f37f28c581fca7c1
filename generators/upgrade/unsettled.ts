import type { TemplateFile } from '../state/template-file.js';
import type { Disk } from './disk.js';
import { hasOurMarkers, SIDECAR_ENDING } from './outcome.js';
import type { Remembered } from './remembered.js';

/** What an earlier upgrade has left for a person: files with its markers in them, and files beside others. */
export function findUnsettled(remembered: Remembered, theirs: readonly TemplateFile[], disk: Disk): readonly string[] {
  const paths = new Set([...remembered.files, ...theirs].map(({ path }) => path));
  return [...paths].flatMap((path) => {
    const entry = disk.entry(path);
    const isMarked = entry.kind === 'file' && hasOurMarkers(entry.bytes.toString('utf8'));
    const hasSidecar = disk.entry(path + SIDECAR_ENDING).kind === 'file';
    return [...(isMarked ? [path] : []), ...(hasSidecar ? [path + SIDECAR_ENDING] : [])];
  });
}
