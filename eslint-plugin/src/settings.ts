/** What `settings.hcnode` of an ESLint configuration may say: house frameworks, names of clean-up, what lives as long as the process. */
export interface HcnodeSettings {
  /** Frameworks whose handlers are looked for; `auto` looks for all that are known. */
  readonly frameworks: 'auto' | readonly string[];
  /** Calls that take a request handler: `{ callee: 'myRouter.handle', args: [1] }` says that the second argument is one. */
  readonly handlerCalls: readonly HandlerCall[];
  /** Names of the first parameters of a function that is taken for a handler by them alone. */
  readonly handlerSignatures: readonly (readonly string[])[];
  readonly handlerDecorators: readonly string[];
  /** Exports of files that are handlers: `{ files: 'src/api/**', exports: ['default'] }`. */
  readonly handlerFiles: readonly HandlerFile[];
  /** Calls whose functions are no handlers, though they look like it. */
  readonly notHandlers: readonly string[];
  /** Names of methods that clean up, on top of the usual (`close`, `stop`, `[Symbol.dispose]`, …). */
  readonly cleanupMethods: readonly string[];
  /** Calls that care for what they are given, such as a timer, a client, a subscription or `this`. */
  readonly cleanupCalls: readonly string[];
  /** Variables, imports and members that live as long as the process. */
  readonly longLived: readonly string[];
  /** `index` also uses what `hcnode-lint` last found out about calls from other files. */
  readonly crossFile: 'off' | 'index';
}

export interface HandlerCall {
  readonly callee: string;
  /** Positions of the handlers among the arguments; all of them, if left out. */
  readonly args?: readonly number[];
}

export interface HandlerFile {
  readonly files: string;
  readonly exports: readonly string[];
}

/** A fault of the settings, in words for the person who wrote them. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

interface Kind {
  /** Ends the sentence "settings.hcnode.NAME must be …". */
  readonly wanted: string;
  readonly accepts: (value: unknown) => boolean;
}

const words: Kind = { wanted: 'a list of words, such as ["one", "two"]', accepts: isWords };

const kinds: Readonly<Record<keyof HcnodeSettings, Kind>> = {
  frameworks: { wanted: '"auto" or a list of names, such as ["express", "fastify"]', accepts: (value) => value === 'auto' || isWords(value) },
  handlerCalls: { wanted: 'a list such as [{ "callee": "router.handle", "args": [1] }]', accepts: (value) => isListOf(value, isHandlerCall) },
  handlerSignatures: { wanted: 'a list of lists of parameter names, such as [["req", "res"]]', accepts: (value) => isListOf(value, isWords) },
  handlerDecorators: words,
  handlerFiles: { wanted: 'a list such as [{ "files": "src/api/**", "exports": ["default"] }]', accepts: (value) => isListOf(value, isHandlerFile) },
  notHandlers: words,
  cleanupMethods: words,
  cleanupCalls: words,
  longLived: words,
  crossFile: { wanted: '"off" or "index"', accepts: (value) => value === 'off' || value === 'index' },
};

export const defaultSettings: HcnodeSettings = {
  frameworks: 'auto',
  handlerCalls: [],
  handlerSignatures: [],
  handlerDecorators: [],
  handlerFiles: [],
  notHandlers: [],
  cleanupMethods: [],
  cleanupCalls: [],
  longLived: [],
  crossFile: 'off',
};

const known = new WeakMap<object, HcnodeSettings>();

/**
 * The settings of a lint run with what is left out filled in. ESLint hands every file the same object, so it is read once.
 *
 * @param settings `context.settings`
 * @throws SettingsError if a name is unknown or a value is not of its kind
 */
export function readSettings(settings: Readonly<Record<string, unknown>>): HcnodeSettings {
  const given = settings['hcnode'];
  if (given === undefined || given === null) return defaultSettings;
  if (typeof given !== 'object' || Array.isArray(given)) throw new SettingsError(`settings.hcnode must be an object, got ${JSON.stringify(given)}.`);
  const before = known.get(given);
  if (before !== undefined) return before;
  for (const [name, value] of Object.entries(given)) check(name, value);
  const read = { ...defaultSettings, ...given };
  known.set(given, read);
  return read;
}

/** The settings, or the defaults where these are at fault: the fault is reported once a file by the plugin itself. */
export function settingsOrDefaults(settings: Readonly<Record<string, unknown>>): HcnodeSettings {
  try {
    return readSettings(settings);
  } catch {
    return defaultSettings; // withFacts() says what is wrong, once a file.
  }
}

function check(name: string, value: unknown): void {
  if (!Object.hasOwn(kinds, name)) {
    throw new SettingsError(`settings.hcnode.${name} is not known. There are ${Object.keys(kinds).join(', ')}.`);
  }
  const kind = kinds[name as keyof HcnodeSettings]; // Just looked for.
  if (!kind.accepts(value)) throw new SettingsError(`settings.hcnode.${name} must be ${kind.wanted}, got ${JSON.stringify(value)}.`);
}

function isListOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}

function isWords(value: unknown): boolean {
  return isListOf(value, isWord);
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isHandlerCall(value: unknown): boolean {
  if (!isRecord(value) || !hasOnly(value, ['callee', 'args'])) return false;
  return isWord(value['callee']) && (value['args'] === undefined || isListOf(value['args'], (position) => Number.isInteger(position) && Number(position) >= 0));
}

function isHandlerFile(value: unknown): boolean {
  return isRecord(value) && hasOnly(value, ['files', 'exports']) && isWord(value['files']) && isWords(value['exports']);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnly(value: object, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}
