// @ts-nocheck
export async function pump(queue) { const job = await queue.next(); await job.run(); return pump(queue); } // BAD
export const listen = async (socket) => { await socket.receive(); await listen(socket); }; // BAD
export function refresh() { return load().then((value) => { publish(value); return refresh(); }); } // BAD
export class Poller {
  async poll() { await this.fetchOnce(); await sleep(1000); return this.poll(); } // BAD
  #tail() { return this.read().then(() => this.#tail()); } // BAD
  run = async () => { await this.step(); await this.run(); }; // BAD
}
async function ping() { await send('ping'); return pong(); } // BAD
async function pong() { await send('pong'); return ping(); }
export { ping };
function starve() { step(); process.nextTick(starve); } // BAD
function starveMicro() { step(); queueMicrotask(() => starveMicro()); } // BAD
starve(); starveMicro();
export const consumer = { async loop() { await this.take(); return this.loop(); } }; // BAD
export async function guarded() { try { await step(); } catch (error) { log(error); } await guarded(); } // BAD
export async function paced() { await Promise.all([step(), sleep(100)]); return await paced(); } // BAD
export function chained() { return step().catch(log).then(chained); } // BAD
