import type { Rule } from 'eslint';

import { readSettings, SettingsError } from './settings.js';

/** What a rule knows about a report and ESLint's message does not carry. */
export interface ReportFacts {
  readonly ruleId: string;
  readonly line: number;
  readonly column: number;
  /** What makes another one of it: a request, a connection, … */
  readonly per?: string;
  readonly costMs?: number;
  readonly costBytes?: number;
  /** The way from a handler to the reported place. */
  readonly from?: string;
  /** The reported code without spaces and comments, and the functions and classes around it: stays the same when lines move. */
  readonly snippet: string;
  readonly scope: string;
}

export interface Listeners {
  readonly onReport: (filename: string, facts: ReportFacts) => void;
  /** Once a file, before its rules run. */
  readonly onFile: (context: Rule.RuleContext) => void;
}

/** Shared by all copies of the plugin in a process: a project may have its own beside the one that runs the command. */
const LISTENER = Symbol.for('eslint-plugin-hcnode.reports');
const MAX_SNIPPET_LENGTH = 300;

interface Holder {
  [LISTENER]?: Listeners | undefined;
}

/** Hears of every file and of every report with its facts, until the function that is returned is called. */
export function listen(listeners: Listeners): () => void {
  const holder: Holder = globalThis as Holder; // Nobody else knows the symbol.
  holder[LISTENER] = listeners;
  return () => {
    holder[LISTENER] = undefined;
  };
}

const faultySettings = new WeakSet<object>();
const heardOf = new WeakSet<object>();

/** The rule, which says what is wrong with `settings.hcnode`, and whose reports are told to a listener, if there is one. */
export function withFacts(name: string, rule: Rule.RuleModule): Rule.RuleModule {
  return {
    ...rule,
    create(context) {
      const fault = settingsFault(context);
      if (fault !== undefined) {
        // Every rule would say the same.
        if (faultySettings.has(context.sourceCode)) return {};
        faultySettings.add(context.sourceCode);
        return { Program: (program) => { context.report({ node: program, message: fault }); } };
      }
      const listeners = (globalThis as Holder)[LISTENER];
      if (listeners === undefined) return rule.create(context);
      if (!heardOf.has(context.sourceCode)) {
        heardOf.add(context.sourceCode);
        listeners.onFile(context);
      }
      return rule.create(listenedTo(context, name, listeners));
    },
  };
}

function settingsFault(context: Rule.RuleContext): string | undefined {
  if (context.settings['hcnode'] === undefined) return undefined;
  try {
    readSettings(context.settings);
    return undefined;
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

function listenedTo(context: Rule.RuleContext, name: string, { onReport }: Listeners): Rule.RuleContext {
  return Object.create(context, {
    report: {
      value(descriptor: Rule.ReportDescriptor) {
        onReport(context.filename, factsOf(descriptor, name, context));
        context.report(descriptor);
      },
    },
  }) as Rule.RuleContext; // It is one, by its prototype.
}

interface Located {
  readonly node?: Rule.Node;
  readonly loc?: { readonly start?: Position; readonly line?: number; readonly column?: number } | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function factsOf(descriptor: Rule.ReportDescriptor, ruleId: string, context: Rule.RuleContext): ReportFacts {
  const { node, loc, data = {} } = descriptor as Located;
  const start = loc?.start ?? (loc?.line === undefined ? undefined : { line: loc.line, column: loc.column ?? 0 }) ?? node?.loc?.start ?? { line: 1, column: 0 };
  return {
    ruleId,
    line: start.line,
    column: start.column + 1,
    ...(typeof data['per'] === 'string' && { per: data['per'] }),
    ...(typeof data['costMs'] === 'number' && { costMs: data['costMs'] }),
    ...(typeof data['costBytes'] === 'number' && { costBytes: data['costBytes'] }),
    ...(typeof data['from'] === 'string' && { from: data['from'] }),
    snippet: snippetOf(node, start, context),
    scope: node === undefined ? '' : scopePath(node),
  };
}

/** Tokens, so that neither layout nor comments count. */
function snippetOf(node: Rule.Node | undefined, start: Position, { sourceCode }: Rule.RuleContext): string {
  if (node === undefined || node.type === 'Program') return (sourceCode.lines[start.line - 1] ?? '').replaceAll(/\s+/g, '');
  const tokens = sourceCode.getTokens(node).map(({ value }) => value);
  return tokens.join(' ').slice(0, MAX_SNIPPET_LENGTH);
}

interface Named {
  readonly type: string;
  readonly id?: unknown;
  readonly key?: unknown;
  readonly left?: unknown;
  readonly parent?: Named | null;
}

/** The names of what is around a node, such as `Repo.find`. */
function scopePath(node: Rule.Node): string {
  const names: string[] = [];
  for (let at = (node as Named).parent; at !== null && at !== undefined; at = at.parent) {
    const name = nameOf(at.id) ?? nameOf(at.key);
    if (name !== undefined) names.unshift(name);
  }
  return names.join('.');
}

function nameOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const { name, value } = node as { readonly name?: unknown; readonly value?: unknown };
  if (typeof name === 'string') return name;
  return typeof value === 'string' ? value : undefined;
}
