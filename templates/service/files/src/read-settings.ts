/** One environment variable: what it means, what it is when unset, and what it may be. */
export type Setting = { readonly about: string } & (
  | { readonly type: 'integer'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly type: 'number'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly type: 'integer-or-auto'; readonly default: number | 'auto'; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly default: string; readonly choices: readonly string[] }
  | { readonly type: 'text'; readonly default: string; readonly pattern?: RegExp; readonly accepts: string }
);

export type Settings = Readonly<Record<string, Setting>>;

type ValueOf<S extends Setting> = S extends { type: 'integer' | 'number' }
  ? number
  : S extends { type: 'integer-or-auto' }
    ? number | 'auto'
    : S extends { choices: readonly (infer Choice)[] }
      ? Choice
      : string;

export type Values<Spec extends Settings> = { readonly [Name in keyof Spec]: ValueOf<Spec[Name]> };

/** Every fault in the environment at once, so that one restart is enough to mend them all. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

/**
 * Reads settings from the environment. Unknown variables are ignored; an empty one counts as unset.
 * `contradictions` sees the values once each is good by itself, and returns a line for each pair that cannot be.
 * @throws {SettingsError} with one line per fault: the variable, the value given, what is accepted.
 */
export function readSettings<const Spec extends Settings>(
  spec: Spec,
  env: Readonly<Record<string, string | undefined>>,
  defaults: Readonly<Record<string, string | number>> = {},
  contradictions: (values: Values<Spec>) => readonly string[] = () => [],
): Values<Spec> {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(spec)) {
    const raw = env[name]?.trim();
    if (raw === undefined || raw === '') {
      values[name] = defaults[name] ?? setting.default;
      continue;
    }
    const value = parse(raw, setting);
    if (value === undefined) faults.push(`${name}=${JSON.stringify(raw.slice(0, 100))} is not ${accepted(setting)}`);
    values[name] = value;
  }
  if (faults.length > 0) throw new SettingsError(faults);
  // The loop above gave every name of the table a value of its type; the compiler cannot follow it through the keys.
  const read = Object.freeze(values) as Values<Spec>;
  const contradicting = contradictions(read);
  if (contradicting.length > 0) throw new SettingsError(contradicting);
  return read;
}

/** The value, or undefined when it is not accepted. */
function parse(raw: string, setting: Setting): string | number | undefined {
  switch (setting.type) {
    case 'choice':
      return setting.choices.includes(raw) ? raw : undefined;
    case 'text':
      return setting.pattern?.test(raw) === false ? undefined : raw;
    case 'integer-or-auto':
      return raw === 'auto' ? raw : parseNumber(raw, /^\d+$/, setting);
    case 'integer':
      return parseNumber(raw, /^\d+$/, setting);
    case 'number':
      return parseNumber(raw, /^\d+(\.\d+)?$/, setting);
  }
}

function parseNumber(raw: string, form: RegExp, { min, max }: { min: number; max: number }): number | undefined {
  const value = Number(raw);
  return form.test(raw) && value >= min && value <= max ? value : undefined;
}

/** What a setting takes, in words, for the error line and for .env.example. */
export function accepted(setting: Setting): string {
  switch (setting.type) {
    case 'choice':
      return `one of ${setting.choices.join(', ')}`;
    case 'text':
      return setting.accepts;
    case 'integer-or-auto':
      return `"auto" or an integer from ${setting.min} to ${setting.max}`;
    case 'integer':
      return `an integer from ${setting.min} to ${setting.max}`;
    case 'number':
      return `a number from ${setting.min} to ${setting.max}`;
  }
}
