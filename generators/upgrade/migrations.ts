import type { Migration } from './migration.js';

/** Every migration there was, the earliest version first. CONTRIBUTING.md says how to write one. */
export const migrations: readonly Migration[] = [];
