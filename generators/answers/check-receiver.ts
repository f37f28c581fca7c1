const MAX_LENGTH = 200;
/** The part of RFC 5321 that every mail server takes, and that means nothing else in YAML or in a shell. */
const EMAIL = /^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Letters, digits and what a path may hold as it is, with a host: `http:x` and `http:///x` are read by browsers, and not by Alertmanager. No colon at the end, which YAML takes for its own. */
const URL_LETTERS = /^https?:\/\/[A-Za-z0-9[][A-Za-z0-9._:/[\]-]*(?<!:)$/i;

/** Why mail cannot be sent to this, or undefined when it can. */
export function emailFault(text: string): string | undefined {
  if (text.length > MAX_LENGTH || !EMAIL.test(text) || text.includes('..')) return 'must be an e-mail address, such as team@example.com';
  return undefined;
}

/**
 * Why alerts cannot be posted to this, or undefined when they can. Configuration is committed, so an address with a secret in it is
 * refused: a password, a query, or a part of the path that looks like a token.
 */
export function urlFault(text: string): string | undefined {
  const url = text.length <= MAX_LENGTH && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return 'must be an address that starts with http:// or https://';
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || text.includes('?') || text.includes('@')) {
    return 'must not hold a password, a query or a fragment: secrets belong into ops/alertmanager/secrets';
  }
  if (url.pathname.split('/').some(looksLikeToken)) return 'holds what looks like a token: secrets belong into ops/alertmanager/secrets';
  if (!URL_LETTERS.test(text)) return 'must be http:// or https://, a host, and a path of letters, digits and . _ : / -';
  return undefined;
}

/** 20 letters or more in one piece, with digits among them: no word, but what services put into addresses to know who posts. */
const looksLikeToken = (part: string): boolean => part.length >= 20 && /\d/.test(part) && /[A-Za-z]/.test(part);
