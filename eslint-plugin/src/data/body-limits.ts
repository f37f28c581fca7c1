/**
 * How frameworks are told how much of a body they may keep in memory, as data. Defaults that are small are left alone.
 */

export interface LimitOption {
  /** The called function or constructor, as the resolver gives it. */
  readonly path: RegExp;
  /** The argument with the options. */
  readonly position: number;
  /** Where the limit stands in them. */
  readonly options: readonly (readonly string[])[];
  /** What there is without the option: no limit at all. */
  readonly isUnlimitedWithout?: 'always' | 'in-memory';
  /** A value that stands for no limit. */
  readonly unlimited?: number;
}

export const LIMIT_OPTIONS: readonly LimitOption[] = [
  { path: /^(express|body-parser|polka|@tinyhttp\/\w+|milliparsec)#(json|raw|text|urlencoded)?$/, position: 0, options: [['limit']] },
  { path: /^(koa-bodyparser|@koa\/bodyparser|koa-body|koa-body-parsers)#(koaBody|bodyParser)?$/, position: 0, options: [['jsonLimit'], ['formLimit'], ['textLimit'], ['xmlLimit'], ['formidable', 'maxFileSize'], ['formidable', 'maxFieldsSize']] },
  { path: /^fastify#(fastify|Fastify)?$/, position: 0, options: [['bodyLimit']] },
  { path: /^multer#$/, position: 0, options: [['limits', 'fileSize']], isUnlimitedWithout: 'in-memory' },
  { path: /^express-fileupload#$/, position: 0, options: [['limits', 'fileSize']], isUnlimitedWithout: 'in-memory' },
  { path: /^(new )?(busboy|@fastify\/busboy)#(Busboy)?$/, position: 0, options: [['limits']], isUnlimitedWithout: 'always' },
  { path: /^(new )?(busboy|@fastify\/busboy)#(Busboy)?$/, position: 0, options: [['limits', 'fileSize'], ['limits', 'fieldSize']] },
  { path: /^(new )?formidable#(formidable|IncomingForm|Formidable)?$/, position: 0, options: [['maxFileSize'], ['maxTotalFileSize'], ['maxFieldsSize']] },
  { path: /^(@hapi\/hapi|hapi)#(server|Server)$|^new (@hapi\/hapi|hapi)#Server$/, position: 0, options: [['routes', 'payload', 'maxBytes']] },
  { path: /^restify#plugins\.(bodyParser|jsonBodyParser|bodyReader|multipartBodyParser)$/, position: 0, options: [['maxBodySize']] },
  { path: /^hono\/body-limit#bodyLimit$/, position: 0, options: [['maxSize']] },
  { path: /^new ws#(WebSocketServer|Server|WebSocket\.Server)$/, position: 0, options: [['maxPayload']], unlimited: 0 },
  { path: /^new socket\.io#(Server)?$|^socket\.io#$/, position: 1, options: [['maxHttpBufferSize']] },
  { path: /^new socket\.io#(Server)?$|^socket\.io#$/, position: 0, options: [['maxHttpBufferSize']] },
  { path: /^(co-body|raw-body)#(json|form|text)?$/, position: 1, options: [['limit']] },
];

/** Options of routes and plugins, by the method of an application that takes them; Fastify, hapi and NestJS. */
export const LIMITS_OF_METHODS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  route: [['bodyLimit'], ['options', 'payload', 'maxBytes'], ['config', 'payload', 'maxBytes']],
  get: [['bodyLimit']], post: [['bodyLimit']], put: [['bodyLimit']], patch: [['bodyLimit']], delete: [['bodyLimit']], all: [['bodyLimit']],
  addContentTypeParser: [['bodyLimit']],
  register: [['bodyLimit'], ['limits', 'fileSize'], ['limits', 'fieldSize']],
  useBodyParser: [['limit']],
};

export interface Consumer {
  readonly path: RegExp;
  /** The option that limits it; without one, none does. */
  readonly limit?: readonly string[];
}

/** Functions that read the stream they are given to its end into memory. */
export const CONSUMERS: readonly Consumer[] = [
  { path: /^stream\/consumers#(text|json|buffer|arrayBuffer|blob|bytes)$/ },
  { path: /^raw-body#(getRawBody)?$/, limit: ['limit'] },
  { path: /^get-stream#(default|buffer|array|getStreamAsBuffer|getStreamAsArrayBuffer|getStreamAsArray)?$/, limit: ['maxBuffer'] },
  { path: /^get-stream#(default\.)?(buffer|array)$/, limit: ['maxBuffer'] },
  { path: /^(stream-to-array|stream-to-string|stream-to-promise|stream-to-buffer|into-stream|raw-stream-body)#\w*$/ },
  { path: /^global#Array\.fromAsync$/ },
];

/** Streams that keep all they are given, for `req.pipe(…)`. */
export const COLLECTING_STREAMS = /^(new )?(concat-stream|bl)#(BufferList|BufferListStream)?(\(\))?$/;
/** Streams that give back what they are given: reading them is reading what is piped into them. */
export const PASSING_STREAMS = /^(new stream#PassThrough|new zlib#\w+|zlib#create\w+\(\)|new stream#Transform|iconv-lite#decodeStream\(\))$/;
