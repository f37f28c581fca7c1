import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parentsOf } from './safe-path.js';

/** Larger than anything we write; beyond it nobody merges. */
export const MAX_FILE_BYTES = 8_000_000;

/** What is at a path of the project. */
export type Entry =
  | { readonly kind: 'missing' }
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly mode: number }
  /** Something that we neither read nor replace. `by` is what stands in the way: the path itself, or a folder above it. */
  | { readonly kind: 'other'; readonly what: string; readonly by: string };

/** The project as it is on the disk, each path read once. Symbolic links are not followed. */
export class Disk {
  readonly #entries = new Map<string, Entry>();
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** @param path relative to the project, with `/`, believed by pathFault() */
  entry(path: string): Entry {
    const known = this.#entries.get(path);
    if (known !== undefined) return known;
    const entry = this.#read(path);
    this.#entries.set(path, entry);
    return entry;
  }

  #read(path: string): Entry {
    for (const parent of parentsOf(path)) {
      const found = lstatSync(join(this.root, parent), { throwIfNoEntry: false });
      if (found === undefined) return { kind: 'missing' };
      if (found.isSymbolicLink()) return { kind: 'other', what: `${parent} is a symbolic link`, by: parent };
      if (!found.isDirectory()) return { kind: 'other', what: `${parent} is not a folder`, by: parent };
    }
    return readEntry(join(this.root, path), path);
  }
}

function readEntry(absolute: string, path: string): Entry {
  const found = lstatSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) return { kind: 'missing' };
  if (found.isSymbolicLink()) return { kind: 'other', what: 'is a symbolic link', by: path };
  if (found.isDirectory()) return { kind: 'other', what: 'is a folder', by: path };
  if (!found.isFile()) return { kind: 'other', what: 'is not a file', by: path };
  if (found.size > MAX_FILE_BYTES) return { kind: 'other', what: `has more than ${MAX_FILE_BYTES / 1_000_000} MB`, by: path };
  // Should it become a link or a pipe in between, it is not followed and not waited for.
  const fd = openSync(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return { kind: 'file', bytes: readFileSync(fd), mode: fstatSync(fd).mode & 0o777 };
  } finally {
    closeSync(fd);
  }
}
