/** The answer of every peer: what the emitted service's sample route gives. */
export const hello = () => ({ message: 'Hello from a worker', pid: process.pid });

export const schema = {
  response: { 200: { type: 'object', properties: { message: { type: 'string' }, pid: { type: 'integer' } } } },
};
