import type { Scope } from '../cross-file/summary.js';

/**
 * What frameworks call, as data. Paths are those of model/resolver.ts: `express#Router()` is what Router() of express gave.
 */

/** Modules whose applications and routers take handlers through methods. */
export const HTTP_FRAMEWORKS = new Set([
  'express', 'express-promise-router', 'router', 'polka', 'restify', 'connect', 'fastify', 'koa', 'koa-router', '@koa/router', 'hono', 'h3', 'elysia', 'find-my-way', 'itty-router', '@hapi/hapi', 'hapi', 'micro', '@tinyhttp/app', 'hyper-express', 'ultimate-express',
]);

export const ROUTE_METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all', 'use', 'route', 'param', 'search', 'propfind', 'report']);

/** Names that applications and routers have where they come as a parameter. */
export const ROUTER_NAMES = /^(_?app|router|server|fastify|instance|api|routes?|web|express|\w+Router|\w+App)$/;

/** Properties of an object given to a route method, `route`, `run` or `serve` that hold handlers. */
export const HANDLER_PROPERTIES = new Set([
  'handler', 'wsHandler', 'onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend', 'onResponse', 'onError', 'onTimeout', 'onRequestAbort', 'errorHandler', 'fetch',
]);

/** Fastify's hooks of a request; the others (onReady, onClose, …) run once. */
export const REQUEST_HOOKS = new Set(['onTimeout', 'onRequest', 'preParsing', 'preValidation', 'preSerialization', 'preHandler', 'onSend', 'onResponse', 'onError', 'onRequestAbort']);

interface CallEntry {
  /** Of the called function, as the resolver gives it. */
  readonly path: RegExp;
  readonly scope: Scope;
  /** Positions of functions among the arguments; all, if left out. */
  readonly positions?: readonly number[];
}

/** Functions and constructors of packages that take handlers themselves. */
export const HANDLER_CALLS: readonly CallEntry[] = [
  { path: /^(http|https)#createServer$/, scope: 'request' },
  { path: /^new (http|https)#Server$/, scope: 'request' },
  { path: /^http2#create(Secure)?Server$/, scope: 'request' },
  { path: /^(net|tls)#createServer$/, scope: 'connection' },
  { path: /^(h3|nitropack|nitropack\/runtime|global)#(lazy|define)?(EventHandler|CachedEventHandler)$/i, scope: 'request', positions: [0] },
  { path: /^new bullmq#Worker$/, scope: 'job', positions: [1] },
  { path: /^global#(Bun|Deno)\.serve$/, scope: 'request' },
  { path: /^micro#(serve|run)?$/, scope: 'request' },
  // Strategies of passport: each takes a function that looks at who signs in.
  { path: /^new (@[\w-]+\/)?passport-[\w-]+#/, scope: 'request' },
];

interface EventEntry {
  readonly event: string;
  readonly scope: Scope;
  /** Of the emitter. Without one any emitter counts: the event says enough. */
  readonly emitter?: RegExp;
}

export const HANDLER_EVENTS: readonly EventEntry[] = [
  { event: 'request', scope: 'request', emitter: /^(new )?(http|https|http2)#|^unknown:.*(server|app)$/i },
  { event: 'stream', scope: 'request', emitter: /^http2#|^unknown:.*server$/i },
  { event: 'upgrade', scope: 'connection', emitter: /^(new )?(http|https)#|^unknown:.*server$/i },
  { event: 'checkContinue', scope: 'request', emitter: /^(new )?(http|https)#/ },
  { event: 'connection', scope: 'connection', emitter: /^(new )?(ws|socket\.io|http|https|net|tls|sockjs)#|^unknown:.*(server|wss?|io|nsp|namespace|sockets?)$/i },
  { event: 'secureConnection', scope: 'connection', emitter: /^(new )?(tls|https)#|^unknown:.*server$/i },
  { event: 'session', scope: 'connection', emitter: /^http2#/ },
];

interface MethodEntry {
  readonly method: string;
  readonly scope: Scope;
  /** Of the receiver, or `unknown:` and its source text. */
  readonly receiver: RegExp;
  readonly positions?: readonly number[];
  readonly properties?: readonly string[];
}

/** Methods of queues and the like. */
export const HANDLER_METHODS: readonly MethodEntry[] = [
  { method: 'consume', scope: 'message', receiver: /^amqplib|^amqp-connection-manager|^unknown:.*(channel|ch|chan)(wrapper)?$/i, positions: [1] },
  { method: 'run', scope: 'message', receiver: /kafkajs#|^unknown:.*consumer$/i, properties: ['eachMessage', 'eachBatch'] },
  { method: 'process', scope: 'job', receiver: /^new (bull|bee-queue)#|^unknown:.*queue$/i },
  { method: 'query', scope: 'request', receiver: /procedure/i, positions: [0] },
  { method: 'mutation', scope: 'request', receiver: /procedure/i, positions: [0] },
  { method: 'subscription', scope: 'request', receiver: /procedure/i, positions: [0] },
];

/** Of NestJS and its packages for GraphQL, WebSockets, microservices and queues. */
export const HANDLER_DECORATORS: Readonly<Record<string, Scope>> = {
  Get: 'request', Post: 'request', Put: 'request', Patch: 'request', Delete: 'request', All: 'request', Head: 'request', Options: 'request', Sse: 'request', Search: 'request',
  Query: 'request', Mutation: 'request', Subscription: 'request', ResolveField: 'request', ResolveReference: 'request', FieldResolver: 'request',
  MessagePattern: 'message', EventPattern: 'message', GrpcMethod: 'request', GrpcStreamMethod: 'request', SubscribeMessage: 'message', Process: 'job',
};

/** Exports that are handlers by the conventions of Next, SvelteKit, Remix and Lambda. */
export const HANDLER_EXPORTS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
export const LAMBDA_EXPORT = 'handler';

export const REQUEST_NAME = /^_?(req|request)$/;
/** Functions that by their names are called with each request, if that is what they are given first: hooks of middleware that other files call. */
export const FOR_REQUESTS = /^(on|handle)(Http)?Request/;
export const RESPONSE_NAME = /^_?(res|resp|response|reply)$/;

interface MethodOfClass {
  readonly method: string;
  readonly scope: Scope;
}

/** Interfaces and base classes of NestJS, and the method of the classes that implement or extend them which runs for every request, connection or job. */
export const HANDLER_TYPES: Readonly<Record<string, MethodOfClass>> = {
  CanActivate: { method: 'canActivate', scope: 'request' },
  NestInterceptor: { method: 'intercept', scope: 'request' },
  PipeTransform: { method: 'transform', scope: 'request' },
  NestMiddleware: { method: 'use', scope: 'request' },
  ExceptionFilter: { method: 'catch', scope: 'request' },
  WsExceptionFilter: { method: 'catch', scope: 'request' },
  PassportStrategy: { method: 'validate', scope: 'request' },
  OnGatewayConnection: { method: 'handleConnection', scope: 'connection' },
  OnGatewayDisconnect: { method: 'handleDisconnect', scope: 'connection' },
  WorkerHost: { method: 'process', scope: 'job' },
};

/** Events of a socket that bring nothing from the client. */
export const SOCKET_LIFE = new Set(['open', 'close', 'error', 'end', 'finish', 'drain', 'timeout', 'connect', 'ready', 'lookup', 'disconnect', 'disconnecting', 'ping', 'pong', 'upgrade', 'unexpected-response']);
