import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { fileModel, type FileModel } from '../model/model.js';
import { constantExpression, optionOf } from '../model/options.js';
import { keyOf, propertyOf, unwrapped, type Resolver } from '../model/resolver.js';
import { mentions, mentionsLike } from '../model/words.js';

/** Names, without case and `_`, whose values nobody has counted. */
const ENDLESS_NAMES = new Set([
  'userid', 'url', 'path', 'uri', 'originalurl', 'email', 'ip', 'ipaddress', 'session', 'sessionid', 'requestid', 'traceid', 'spanid', 'token', 'query', 'useragent', 'orderid', 'jobid', 'message', 'stack', 'timestamp', 'uuid',
]);
const METRIC = /^new prom-client#(Counter|Gauge|Histogram|Summary)/;
const INSTRUMENT = /getMeter\(\)\.create\w+\(\)/;
const METHODS = new Set(['inc', 'dec', 'set', 'observe', 'startTimer', 'labels', 'remove', 'add', 'record']);
/** Of these, the ones that nothing else has. */
const TELLING_METHODS = ['inc', 'observe', 'labels', 'startTimer'];
/** Of metrics that come from another file. */
const METRIC_NAME = /(counter|histogram|gauge|summary|metric|total|duration|seconds|latency)s?$/i;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow labels of metrics whose values have no bound',
      recommended: 'error',
      strict: 'error',
      url: new URL('./no-high-cardinality-label.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    messages: {
      value: "Label '{{ label }}' takes unbounded values: each new value is a new time series, kept until the process ends (354 bytes for a counter, 526 for a histogram). Use the route's template, or a class of values.",
      name: "Label '{{ label }}' takes unbounded values, by its name: each is a new time series, kept until the process ends. Drop it, or allow it in the options if its values are few.",
    },
    schema: [{ type: 'object', properties: { allow: { type: 'array', items: { type: 'string' }, uniqueItems: true } }, additionalProperties: false }],
  },
  create(context) {
    if (!mentions(context.sourceCode, TELLING_METHODS) && !mentionsLike(context.sourceCode, /prom-client|opentelemetry/)) return {};
    const { allow = [] } = (context.options[0] ?? {}) as { readonly allow?: readonly string[] };
    return {
      'Program:exit'() {
        const model = fileModel(context);
        const report = (node: ESTree.Node, messageId: 'value' | 'name', label: string): void => {
          if (!allow.includes(label)) context.report({ node, messageId, data: { label, per: 'request' } });
        };
        for (const made of model.nodes.of('NewExpression')) {
          if (METRIC.test(model.resolver.pathOf(made) ?? '')) for (const { node, name } of labelNames(made, model.resolver)) if (isEndlessName(name)) report(node, 'name', name);
        }
        for (const call of model.nodes.of('CallExpression')) {
          if (isUseOfMetric(call, model)) for (const { node, label } of endlessLabels(call, model)) report(node, 'value', label);
        }
      },
    };
  },
};

export default rule;

const isEndlessName = (name: string): boolean => ENDLESS_NAMES.has(name.replaceAll('_', '').toLowerCase());

function labelNames({ arguments: [options] }: ESTree.NewExpression, resolver: Resolver): readonly { readonly node: ESTree.Node; readonly name: string }[] {
  const option = optionOf(options, ['labelNames'], resolver);
  const list = typeof option === 'string' ? undefined : constantExpression(option, resolver);
  if (list?.type !== 'ArrayExpression') return [];
  return list.elements.flatMap((element) => (element?.type === 'Literal' && typeof element.value === 'string' ? [{ node: element, name: element.value }] : []));
}

/** `counter.inc()`, `histogram.labels()`, and `end()` of `const end = histogram.startTimer()`. */
function isUseOfMetric({ callee }: ESTree.SimpleCallExpression, { resolver }: FileModel): boolean {
  const path = resolver.pathOf(callee);
  if (path !== undefined && (METRIC.test(path) || INSTRUMENT.test(path))) return METHODS.has(path.split('.').at(-1) ?? '') || /startTimer\(\)$/.test(path);
  if (callee.type !== 'MemberExpression' || !METHODS.has(propertyOf(callee) ?? '')) return false;
  const receiver = unwrapped(callee.object);
  const owner = resolver.pathOf(receiver);
  // From another file of the project, by its name; what a package gave is something else.
  if (owner !== undefined && !/^\.{0,2}\//.test(owner)) return false;
  const name = receiver?.type === 'Identifier' ? receiver.name : receiver?.type === 'MemberExpression' ? propertyOf(receiver) : undefined;
  return name !== undefined && METRIC_NAME.test(name);
}

function endlessLabels(call: ESTree.SimpleCallExpression, { clientData: { isEndless } }: FileModel): readonly { readonly node: ESTree.Node; readonly label: string }[] {
  const isByPosition = call.callee.type === 'MemberExpression' && propertyOf(call.callee) === 'labels';
  return call.arguments.flatMap((argument) => {
    const value = unwrapped(argument);
    if (value?.type === 'ObjectExpression') {
      return value.properties.flatMap((property) => (property.type === 'Property' && isEndless(property.value) ? [{ node: property, label: keyOf(property) ?? '?' }] : []));
    }
    return isByPosition && value !== undefined && isEndless(value) ? [{ node: value, label: `number ${call.arguments.indexOf(argument) + 1}` }] : [];
  });
}
