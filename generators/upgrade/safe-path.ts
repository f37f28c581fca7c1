/** Longer than any path of ours, and than most systems take. */
const MAX_PATH_LENGTH = 1000;

/** Folders of others, and what git runs. */
const FOREIGN = ['.git', 'node_modules'];

/**
 * Why a path from a file in the project is not believed, or undefined when it may be used: it must stay below the project.
 * Whether a symbolic link leads out is asked of the disk.
 */
export function pathFault(path: string): string | undefined {
  if (path === '' || path.length > MAX_PATH_LENGTH) return 'is empty or too long';
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\\:*?"<>|]/.test(path)) return 'has characters that not every system takes';
  const segments = path.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return 'leads out of the project';
  if (segments.some((segment) => FOREIGN.includes(segment.toLowerCase()))) return 'is in a folder of other programs';
  // Windows takes `.git ` and `.git.` for `.git`.
  if (segments.some((segment) => /[. ]$/.test(segment))) return 'has a name that Windows takes for another';
  return undefined;
}

/** The folders above a path, the outermost first. */
export const parentsOf = (path: string): readonly string[] => path.split('/').slice(0, -1).map((_, index, segments) => segments.slice(0, index + 1).join('/'));
