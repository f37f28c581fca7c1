import { parser } from '@prometheus-io/lezer-promql';

interface Selection {
  readonly name: string;
  /** With its braces. */
  readonly selector: string;
}

/**
 * The series that an expression asks for, read with Prometheus' own grammar.
 * @throws {Error} when it is not PromQL
 */
export function selections(expression: string): Selection[] {
  const found: Selection[] = [];
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`not PromQL, at ${node.from}: ${expression}`);
      if (node.name !== 'VectorSelector') return;
      const name = node.node.getChild('Identifier');
      if (!name) throw new Error(`a selector without a name, at ${node.from}: ${expression}`);
      found.push({ name: expression.slice(name.from, name.to), selector: expression.slice(node.from, node.to) });
    },
  });
  return found;
}

export const metricNames = (expression: string): string[] => selections(expression).map(({ name }) => name);
