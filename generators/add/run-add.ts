import type { Arguments } from '../cli/parse-arguments.js';
import { shown } from '../answers/read-answer.js';
import { interruptible } from '../cli/interruption.js';
import { nearest } from '../cli/nearest.js';
import { runUpgrade } from '../cli/run-upgrade.js';
import { exitCodes, Stop } from '../cli/stop.js';
import { bold, green, yellow } from '../cli/styles.js';
import { Disk } from '../upgrade/disk.js';
import { readRemembered } from '../upgrade/read-state.js';
import { thisRelease } from '../upgrade/release.js';
import { type Added, addPiece, type PieceKind } from './add-piece.js';
import { type FeatureName, features, isFeature } from './features.js';

const KINDS = ['route', 'task', ...Object.keys(features)];

/**
 * `create-hcnode add route NAME`, `add task NAME`, and `add FEATURE`, which is an upgrade with another answer.
 * @param operands what stands behind `add`
 */
export async function runAdd(parsed: Arguments, operands: readonly string[]): Promise<number> {
  const [kind, ...others] = operands;
  if (kind === undefined) throw new Stop('usage', [`add needs to know what: ${KINDS.join(', ')}`, 'For example: create-hcnode add route orders']);
  if (kind === 'route' || kind === 'task') return runPiece(parsed, kind, others);
  if (!isFeature(kind)) {
    const near = nearest(kind, KINDS);
    throw new Stop('usage', [`add does not know ${shown(kind)}${near === undefined ? '' : `; did you mean "${near}"?`}`, `There are ${KINDS.join(', ')}.`]);
  }
  if (others.length > 0) throw new Stop('usage', [`add ${kind} takes no name, got ${others.map(shown).join(', ')}`]);
  return runFeature(parsed, kind);
}

async function runFeature(parsed: Arguments, feature: FeatureName): Promise<number> {
  const key = features[feature];
  const { answers } = readRemembered(new Disk(process.cwd()), thisRelease(), parsed.given);
  const now = answers.get(key);
  const chosen = Array.isArray(now) ? now.map(String) : [];
  if (now === feature || chosen.includes(feature)) throw new Stop('refused', [`${feature} is there already`]);
  const raw = key === 'proxy' ? feature : [...chosen, feature].join(',');
  return runUpgrade({ ...parsed, given: new Map([...parsed.given, [key, { raw, said: `add ${feature}` }]]) }, []);
}

async function runPiece({ given, flags }: Arguments, kind: PieceKind, [name, ...others]: readonly string[]): Promise<number> {
  const [answer] = given.values();
  if (answer !== undefined || flags.answers !== undefined) throw new Stop('usage', [`${answer?.said ?? '--answers'} is not for add ${kind}`]);
  if (name === undefined) throw new Stop('usage', [`add ${kind} needs a name, as in: create-hcnode add ${kind} ${kind === 'route' ? 'orders' : 'resize-image'}`]);
  if (others.length > 0) throw new Stop('usage', [`one name is enough, got also ${others.map(shown).join(', ')}`]);
  const added = await interruptible((interruption) => addPiece({ root: process.cwd(), kind, name, dryRun: flags['dry-run'] === true, interruption }));
  return report(added, flags.json === true);
}

/** Lines for a person to add are no failure, but not done either: the exit code is that of conflicts. */
function report(added: Added, isJson: boolean): number {
  const { dryRun, created, changed, byHand } = added;
  const exitCode = byHand.length > 0 && !dryRun ? exitCodes.conflicts : exitCodes.done;
  if (isJson) process.stdout.write(`${JSON.stringify({ ...added, exitCode }, null, 2)}\n`);
  const lines = [
    bold(dryRun ? 'Would be added. Nothing was written.' : 'Added'),
    '',
    ...created.map((path) => `  ${green('created ')} ${path}`),
    ...changed.map((path) => `  ${green('changed ')} ${path}`),
    ...byHand.flatMap(({ path, lines: missing }) => ['', yellow(`The place in ${path} is not there any more. Add by hand:`), '', ...missing.map((line) => `  ${line}`)]),
    ...(dryRun ? [] : ['', 'Next: npm test. To take it back: create-hcnode undo']),
  ];
  (isJson ? process.stderr : process.stdout).write(`${lines.join('\n')}\n`);
  return exitCode;
}
