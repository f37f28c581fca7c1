/** TRUST_PROXY as Fastify takes it: nobody, so many proxies counted from us, or the proxies' addresses. */
export function trustProxy(setting: string): false | string[] | ((address: string, hop: number) => boolean) {
  if (setting === 'false') return false;
  const hops = Number(setting);
  if (Number.isInteger(hops)) return (_address, hop) => hop < hops;
  return setting.split(',').map((address) => address.trim());
}
