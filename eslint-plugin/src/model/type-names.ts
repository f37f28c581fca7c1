import type { SourceCode } from 'eslint';

/** The part of TypeScript's types that is read here. TypeScript itself is never imported: projects may have none, or one without an API. */
interface Type {
  readonly symbol?: { readonly name: string } | undefined;
  readonly aliasSymbol?: { readonly name: string } | undefined;
  readonly types?: readonly Type[];
  readonly flags: number;
  readonly isClassOrInterface?: () => boolean;
}

interface Checker {
  readonly getTypeAtLocation: (node: object) => Type;
  readonly getApparentType: (type: Type) => Type;
  readonly getBaseTypes: (type: Type) => readonly Type[] | undefined;
}

interface Services {
  readonly program?: { readonly getTypeChecker: () => Checker } | null;
  readonly esTreeNodeToTSNodeMap?: { readonly get: (node: object) => object | undefined };
}

/** `any` and `unknown`, which tell nothing; the numbers are TypeScript's since 2.0. */
const TELLS_NOTHING = 1 | 2;
const MAX_BASES = 30;

/**
 * The names of an expression's type, of what it is a union of, and of all that these extend, such as `Socket`, `Duplex`, `EventEmitter`;
 * undefined where the parser was not asked for types or they tell nothing. Building types costs twice the time of a lint run:
 * a rule asks only about something that it would report.
 */
export function typeNamesOf(node: object, { parserServices }: SourceCode): ReadonlySet<string> | undefined {
  const { program, esTreeNodeToTSNodeMap } = parserServices as Services;
  const typed = program === null || program === undefined ? undefined : esTreeNodeToTSNodeMap?.get(node);
  if (typed === undefined || program === null || program === undefined) return undefined;
  const checker = program.getTypeChecker();
  const names = new Set<string>();
  const queue = [checker.getTypeAtLocation(typed)];
  for (const type of queue) {
    if ((type.flags & TELLS_NOTHING) !== 0 || queue.length > MAX_BASES) return undefined;
    for (const symbol of [type.symbol, type.aliasSymbol]) if (symbol !== undefined) names.add(symbol.name);
    const apparent = checker.getApparentType(type);
    const bases = apparent.isClassOrInterface?.() === true ? (checker.getBaseTypes(apparent) ?? []) : [];
    queue.push(...(type.types ?? []), ...bases);
  }
  return names;
}
