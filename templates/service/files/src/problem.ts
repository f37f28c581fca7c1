import { STATUS_CODES } from 'node:http';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** An error answer as RFC 9457 has it. `detail` is for the client: it says what to do, never how the service is made. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly requestId?: string;
}

export function problem(status: number, about: { readonly detail?: string; readonly requestId?: string } = {}): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, ...about };
}
