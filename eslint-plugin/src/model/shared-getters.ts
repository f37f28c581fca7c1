import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { MEMBERS_OF_SERVER, SHARED_GETTERS } from '../data/emitters.js';
import type { FileModel } from './model.js';
import { isAssignedOnce, propertyOf, unwrapped } from './resolver.js';
import { returnsOf } from './returns.js';

/**
 * The text of the call that gives an emitter, where that is the same one each time: `Bus.getInstance()`, `req.app.get('bus')`, or a function of the
 * file that returns a variable of the module; also for a variable that holds it.
 */
export function sharedGetter(given: ESTree.Node, model: FileModel, sourceCode: SourceCode): string | undefined {
  const call = callBehind(given, model);
  if (call === undefined) return undefined;
  const callee = unwrapped(call.callee);
  const name = callee?.type === 'MemberExpression' ? propertyOf(callee) : callee?.type === 'Identifier' ? callee.name : undefined;
  const isShared = (call.arguments.length === 0 && name !== undefined && SHARED_GETTERS.test(name)) || isOfApp(callee, name, model) || returnsShared(call, model, sourceCode);
  return isShared ? sourceCode.getText(call) : undefined;
}

function callBehind(given: ESTree.Node, { resolver }: FileModel): ESTree.SimpleCallExpression | undefined {
  const node = unwrapped(given);
  if (node?.type === 'CallExpression') return node;
  const variable = node?.type === 'Identifier' ? resolver.variableOf(node) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !isAssignedOnce(variable)) return undefined;
  const value = unwrapped(definition.node.init);
  return value?.type === 'CallExpression' ? value : undefined;
}

/** `req.app.get('bus')` */
function isOfApp(callee: ESTree.Node | undefined, name: string | undefined, { places }: FileModel): boolean {
  return name === 'get' && callee?.type === 'MemberExpression' && places.of(callee.object)?.path.some((member) => MEMBERS_OF_SERVER.test(member)) === true;
}

function returnsShared({ callee }: ESTree.SimpleCallExpression, { targets, functions, places }: FileModel, sourceCode: SourceCode): boolean {
  const called = targets.of(callee).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : [undefined]));
  return called.length > 0 && called.every((each) => {
    const values = each === undefined ? [] : returnsOf(each, sourceCode);
    return values.length > 0 && values.every((value) => places.of(unwrapped(value)?.type === 'AssignmentExpression' ? (unwrapped(value) as ESTree.AssignmentExpression).left : value)?.life === 'process');
  });
}
