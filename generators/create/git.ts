import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Hashing a few hundred files takes well below a second; a git that hangs must not hang us. */
const GIT_TIMEOUT_MS = 60_000;

/** What became of git, in words for the user. */
export type GitOutcome = 'committed' | 'initialised' | 'inside another repository' | 'not installed' | 'failed' | 'off';

/** Makes a repository with a first commit. It never fails the run: the service is there, with git or without. */
export async function makeRepository(folder: string, message: string): Promise<GitOutcome> {
  const git = async (...parameters: string[]): Promise<string> => {
    const { stdout } = await execute('git', parameters, { cwd: folder, env: cleanEnvironment(), timeout: GIT_TIMEOUT_MS, maxBuffer: 16_000_000 });
    return stdout.trim();
  };
  try {
    await git('--version');
  } catch {
    return 'not installed';
  }
  const isInside = await git('rev-parse', '--is-inside-work-tree').then((answer) => answer === 'true', () => false);
  if (isInside) return 'inside another repository';
  try {
    await git('init', '--quiet');
    if (!(await hasIdentity(git)) || !(await isIgnored(git, 'node_modules/'))) return 'initialised';
    await git('add', '--all');
    // Hooks and signing belong to the user's own commits, and may ask for something that nobody would see.
    await git('-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '--message', message);
    return 'committed';
  } catch {
    // Said in the summary. The user can do it by hand, and will see git's own words then.
    return 'failed';
  }
}

type Git = (...parameters: string[]) => Promise<string>;

async function hasIdentity(git: Git): Promise<boolean> {
  const has = async (key: string, variable: string): Promise<boolean> =>
    process.env[variable] !== undefined || git('config', '--get', key).then((value) => value !== '', () => false);
  return (await has('user.name', 'GIT_AUTHOR_NAME')) && (await has('user.email', 'GIT_AUTHOR_EMAIL'));
}

/** With a .gitignore of the user's own this may not be so; then a first commit would hold all packages. */
const isIgnored = async (git: Git, path: string): Promise<boolean> => git('check-ignore', '--quiet', path).then(() => true, () => false);

/** Without what a surrounding git (a hook, a rebase) sets for its own repository, and without questions. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_PREFIX'];
  const kept = Object.entries(process.env).filter(([name]) => !foreign.includes(name));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0' };
}
