import type { SourceCode } from 'eslint';

export interface AnyNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Of a walk through a file, as ESLint makes them. */
export interface Step {
  readonly kind: number;
  readonly phase: number;
  readonly target: AnyNode;
}

export const VISIT = 1;
export const LEAVE = 2;
const ENTER = 1;

/**
 * All steps of a walk through a file. ESLint has made them already and keeps them: they are much cheaper than visiting every node again.
 * oxlint has none.
 */
export function stepsThrough(sourceCode: SourceCode): Iterable<Step> {
  const traverse = (sourceCode as Partial<Pick<SourceCode, 'traverse'>>).traverse as unknown;
  return typeof traverse === 'function' ? (sourceCode.traverse() as Iterable<Step>) : walked(sourceCode.ast as unknown as AnyNode, sourceCode.visitorKeys);
}

function* walked(target: AnyNode, keys: SourceCode.VisitorKeys): Generator<Step> {
  yield { kind: VISIT, phase: ENTER, target };
  for (const key of keys[target.type] ?? []) {
    for (const child of [target[key]].flat()) if (isNode(child)) yield* walked(child, keys);
  }
  yield { kind: VISIT, phase: LEAVE, target };
}

export function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { readonly type?: unknown }).type === 'string';
}
