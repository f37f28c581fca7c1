/** managed: ours, merged in an upgrade. seed: written once, then the user's. */
export type Owner = 'managed' | 'seed';

/** Samples, there to be replaced: a folder when it ends in a slash. */
const SEEDS = ['src/app/', 'src/tasks/tasks.ts', 'src/tasks/sum-square-roots.ts'];

/** Who a file belongs to once it is written. */
export function ownerOf(path: string): Owner {
  return SEEDS.some((seed) => (seed.endsWith('/') ? path.startsWith(seed) : path === seed)) ? 'seed' : 'managed';
}
