import type { Scope } from '../cross-file/summary.js';

/**
 * What clients send, by the member of a handler's first parameter that holds it, as data. Paths are members joined by dots: `params.id`.
 */

/** Of requests, contexts and events of the frameworks: what a client chooses. */
export const CHOSEN_BY_CLIENTS = new RegExp([
  String.raw`^(?:(?:request|req|raw)\.)?(?:url|originalUrl|path|pathname|href|querystring|ip|ips|hostname|id|search|nextUrl|params|query|body|rawBody|payload|headers|cookies|session|user|files?|input|args)(?:\.|$)`,
  String.raw`^(?:rawPath|requestContext|queryStringParameters|pathParameters|multiValueHeaders|locals\.user)(?:\.|$)`,
].join('|'));

/** Methods of requests and contexts that give what a client sent: `await c.req.json()`, `req.get('x')`, `c.req.param('id')`. */
export const GIVES_CLIENT_DATA = new RegExp(String.raw`^(?:(?:request|req)\.)?(?:json|text|formData|arrayBuffer|blob|body|parseBody|param|query|queries|header|get|valid|bodyUsed)$`);

/** Of values that are from a client: these pass them on, or a part of them. */
export const PASSING_METHODS = new Set(['get', 'getAll', 'toString', 'toLowerCase', 'toUpperCase', 'trim', 'slice', 'substring', 'at', 'normalize']);
/** Functions that give back what they are given, in another form. */
export const PASSING_CALLS = /^global#(String|Number|parseInt|parseFloat|BigInt|Number\.parseInt|Number\.parseFloat|decodeURIComponent|encodeURIComponent|decodeURI|JSON\.parse|structuredClone)$/;

/** Values that never come again. */
export const ENDLESS_CALLS = /^(global#Date\.now|global#Math\.random|(global#)?crypto#?\.?randomUUID|global#performance\.now|uuid#v\d|nanoid#nanoid|new global#Date.*)$/;

/** Decorators of NestJS, routing-controllers and type-graphql for parameters that a client fills. */
export const CLIENT_DECORATORS = new Set(['Body', 'Param', 'Params', 'Query', 'QueryParam', 'QueryParams', 'BodyParam', 'Headers', 'HeaderParam', 'Ip', 'Payload', 'MessageBody', 'Args', 'Arg', 'UploadedFile', 'UploadedFiles', 'RawBody', 'Cookies', 'CookieParam']);
/** And those for the request itself. */
export const REQUEST_DECORATORS = new Set(['Req', 'Request', 'Ctx', 'Context']);

/** Names that a request has where nothing proves that its function is a handler. */
export const REQUEST_NAME = /^_?(req|request|ctx)$/;
export const ERROR_NAME = /^_?(err|error|e|ex|reason)$/;

/** Of a handler of some scope, what of its first parameter a client sent; all of it for messages. */
export const CHOSEN_IN: Readonly<Partial<Record<Scope, RegExp>>> = { message: /^/, job: /^data(?:\.|$)/ };
