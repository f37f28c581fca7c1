import { Agent, get } from 'node:http';

export interface LoadResult {
  readonly answered: number;
  /** Status codes other than 200, and error codes, each with how often it came. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Keeps asking on so many connections until stopped, as clients with keep-alive do. @returns how to stop it, and what came */
export function startLoad(url: string, { connections = 8, keepAlive = true } = {}): () => Promise<LoadResult> {
  const agent = new Agent({ keepAlive, maxSockets: connections });
  const failures: Record<string, number> = {};
  let answered = 0;
  let isOver = false;
  const loops = Array.from({ length: connections }, async () => {
    while (!isOver) {
      const outcome = await ask(url, agent);
      if (outcome === '200') answered++;
      else failures[outcome] = (failures[outcome] ?? 0) + 1;
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(loops);
    agent.destroy();
    return { answered, failures };
  };
}

/** One request's outcome: its status, or the code of its error. */
export async function ask(url: string, agent?: Agent): Promise<string> {
  return new Promise((resolve) => {
    const request = get(url, agent ? { agent } : {}, (response) => {
      response.resume();
      response.once('close', () => { resolve(response.complete ? String(response.statusCode) : 'cut'); });
    });
    request.once('error', (error: NodeJS.ErrnoException) => { resolve(error.code ?? error.message); });
  });
}
