import { request } from 'node:http';

interface ShortAnswer {
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  readonly type: string | undefined;
}

/** A request from another loopback address, which is another client to nginx. */
export function sendFrom(localAddress: string, port: number, headers: Readonly<Record<string, string>> = {}): Promise<ShortAnswer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, localAddress, headers, agent: false }, (response) => {
      response.resume();
      response.once('end', () => { resolve({ status: response.statusCode, retryAfter: response.headers['retry-after'], type: response.headers['content-type'] }); });
    }).on('error', reject).end();
  });
}
