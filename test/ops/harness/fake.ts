import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

import { freePort } from '../../chaos/harness/ports.js';

export interface Fake {
  readonly url: string;
  readonly bodies: string[];
  readonly tokens: (string | undefined)[];
}

/** Keeps what is posted to it. It gives these answers, the last again and again. */
export async function startFake(answers: readonly string[] = ['ok']): Promise<Fake> {
  const bodies: string[] = [];
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => { body += text; });
    request.on('end', () => {
      bodies.push(body);
      tokens.push(request.headers.authorization);
      response.end(answers[Math.min(bodies.length, answers.length) - 1]);
    });
  });
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await new Promise((resolve) => { server.once('listening', resolve); });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}/`, bodies, tokens };
}
