import { parser } from '@prometheus-io/lezer-promql';

/**
 * The names of the series that an expression asks for, read with Prometheus' own grammar.
 * @throws {Error} when it is not PromQL
 */
export function metricNames(expression: string): string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`not PromQL, at ${node.from}: ${expression}`);
      if (node.name !== 'VectorSelector') return;
      const name = node.node.getChild('Identifier');
      if (!name) throw new Error(`a selector without a name, at ${node.from}: ${expression}`);
      names.push(expression.slice(name.from, name.to));
    },
  });
  return names;
}
