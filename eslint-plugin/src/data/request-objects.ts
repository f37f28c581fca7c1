/** What stands for a request or connection as a whole, as data. */

/** Members of a request, response, context or socket that keep it alive, or that are another one of its parts. */
export const PARTS = new Set(['req', 'res', 'request', 'response', 'raw', 'socket', 'connection', 'node', 'ctx']);

/** Methods of the contexts of NestJS that give the request, its response or its socket. */
export const GIVES_PARTS = new Set(['getRequest', 'getResponse', 'getClient', 'switchToHttp', 'switchToWs']);

/** Parameters of handlers that are something else. */
export const NO_PART = /^_?(next|done|cb|callback|err|error|ex|exception|params?|head|headers|payload|data|body|input|args?|value|values|message|msg|info|server|metadata|root|parent)$/i;

/** Decorators of NestJS, routing-controllers and type-graphql for parameters that are one of these. */
export const PART_DECORATORS = new Set(['Req', 'Request', 'Res', 'Response', 'Ctx', 'Context', 'ConnectedSocket']);

/** Types that servers give to handlers and to nobody else, by the package that they come from. */
export const PART_TYPES: readonly (readonly [module: RegExp, names: RegExp])[] = [
  [/^(express|express-serve-static-core|@types\/express|polka|restify|@tinyhttp\/app)$/, /^(Request|Response)$/],
  [/^fastify$/, /^Fastify(Request|Reply)$/],
  [/^(koa|@koa\/router|koa-router)$/, /^(Context|ParameterizedContext|RouterContext|ExtendableContext|DefaultContext)$/],
  [/^hono$/, /^Context$/],
  [/^next$/, /^NextApi(Request|Response)$/],
  [/^next\/server$/, /^NextRequest$/],
  [/^https?$/, /^ServerResponse$/],
  [/^http2$/, /^(Http2ServerRequest|Http2ServerResponse|ServerHttp2Stream|ServerHttp2Session)$/],
  [/^socket\.io$/, /^Socket$/],
  [/^@nestjs\/common$/, /^(ExecutionContext|ArgumentsHost)$/],
  [/^h3$/, /^H3Event$/],
];

/** Names of the first or second parameter of handlers that are called for data, not with a request. */
export const EVENT_NAME = /^_?(event|evt|e)$/;
