import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** The rendered files in one canonical text: hashed as it is, since compressed bytes differ between versions of zlib. */
export const canonicalBase = (composed: ReadonlyMap<string, string>): string => JSON.stringify([...composed]);

/** Where gzip notes the operating system; 255 is "unknown". */
const GZIP_SYSTEM_OFFSET = 9;

/** What `.hcnode/base.gz` holds: the files as they were written, to tell later what the user changed. */
export function packBase(composed: ReadonlyMap<string, string>): Buffer {
  const packed = gzipSync(canonicalBase(composed));
  packed[GZIP_SYSTEM_OFFSET] = 255;
  return packed;
}

export const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
