import { connect } from 'node:net';

/**
 * Writes bytes to a port and returns all that comes back until the other side closes.
 * @param trickle written once a second afterwards, as a slow client does
 */
export function sendRaw(port: number, bytes: string | Buffer, trickle?: string): Promise<{ answer: string; closedAfterMs: number }> {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => { socket.write(bytes); });
    const timer = trickle === undefined ? undefined : setInterval(() => { socket.write(trickle); }, 1000);
    socket.setEncoding('latin1').on('data', (text: string) => { answer += text; });
    // A reset is one of the ways to close.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ answer, closedAfterMs: performance.now() - startedAtMs });
    });
  });
}
