import { expect } from 'vitest';

import { send } from '../../chaos/harness/requests.js';

export interface Rule {
  readonly name: string;
  readonly health: string;
  readonly state?: string;
  readonly lastError?: string;
}

interface Value {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [seconds: number, value: string];
}

const RANGE_SECONDS = 60;

/** Questions to a Prometheus. Whatever it calls an error fails the test. */
export function askPrometheus(port: number) {
  const read = async <Data>(path: string): Promise<Data> => {
    const { answer } = await send({ port, path });
    // Its shape is documented; a wrong one fails the test that reads it.
    const { status, data, error } = JSON.parse(answer?.body ?? '{}') as { status: string; data: Data; error?: string };
    expect(status, `${error}: ${path}`).toBe('success');
    return data;
  };
  return {
    query: async (expr: string) => (await read<{ result: readonly Value[] }>(`/api/v1/query?query=${encodeURIComponent(expr)}`)).result,
    /** Over the last minute, as panels do. */
    queryRange: async (expr: string) => {
      const now = Date.now() / 1000;
      return (await read<{ result: readonly unknown[] }>(`/api/v1/query_range?query=${encodeURIComponent(expr)}&start=${now - RANGE_SECONDS}&end=${now}&step=2`)).result;
    },
    series: async (selector: string) => read<readonly Readonly<Record<string, string>>[]>(`/api/v1/series?match[]=${encodeURIComponent(selector)}`),
    names: async () => read<readonly string[]>('/api/v1/label/__name__/values'),
    rules: async () => (await read<{ groups: readonly { rules: readonly Rule[] }[] }>('/api/v1/rules')).groups.flatMap((group) => group.rules),
  };
}
