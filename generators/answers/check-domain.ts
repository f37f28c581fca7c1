const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const MAX_DOMAIN_LENGTH = 253;

/** Why this cannot be the server name, or undefined when it can. */
export function domainFault(domain: string): string | undefined {
  if (domain.length > MAX_DOMAIN_LENGTH) return `has ${domain.length} characters, at most ${MAX_DOMAIN_LENGTH} are possible`;
  const labels = domain.split('.');
  if (!labels.every((label) => LABEL.test(label))) {
    return 'must be a host name in lower case, such as api.example.org (with other letters: its xn-- form)';
  }
  // A certificate is for a name; and every number would be one, too.
  if (/^\d+$/.test(labels.at(-1) ?? '')) return 'must be a host name, not an address';
  return undefined;
}
