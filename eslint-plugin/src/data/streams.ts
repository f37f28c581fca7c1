/** What Node's streams come from, as data. Paths are those of model/resolver.ts: `fs#createReadStream()` is what that call gave. */

/** Their error is thrown as an uncaught one where nobody listens for it. */
export const FAILING_STREAMS: readonly RegExp[] = [
  /^(fs|graceful-fs|fs-extra)#create(Read|Write)Stream\(\)$/,
  /^new fs#(Read|Write)Stream$/,
  /^zlib#create\w+\(\)$/,
  /^new zlib#\w+$/,
  /^crypto#create(Cipher|Decipher)(iv)?\(\)$/,
  /^(follow-redirects#)?(https?)[#.](request|get)\(\)$/,
  /^http2#connect\(\)\.request\(\)$/,
  /^(net|tls)#(connect|createConnection)\(\)$/,
  /^new (net|tls)#(Socket|TLSSocket)$/,
  /^stream#Readable\.(from|fromWeb)\(\)$/,
  /^new stream#(Readable|Writable|Duplex|Transform)$/,
  /^got#(stream(\.\w+)?\(\)|extend\(\)\.stream\(\))$/,
  /^request#(\(\)|(get|post|put)\(\))$/,
  /^(new )?(busboy|@fastify\/busboy)#(\(\))?$/,
  /^(archiver|unzipper#Extract|unzipper#Parse)#?\(\)$/,
  /^sharp#\(\)(\.\w+\(\))*$/,
  /^(tar#(create|extract|c|x|Parse)|tar-stream#(pack|extract)|tar-fs#(pack|extract)|csv-parse#(parse)?|csv-stringify#(stringify)?|fast-csv#(parse|format))\(\)$/,
  /^node-fetch#\(\)\.body$/,
  /^undici#(request|fetch)\(\)\.body$/,
];

/** Methods that give such a stream, whatever has them: file handles, buckets of GridFS and of clouds. */
export const STREAM_METHODS = new Set(['createReadStream', 'createWriteStream', 'openDownloadStream', 'openDownloadStreamByName', 'openUploadStream', 'openUploadStreamWithId']);

/** Of axios, if the file asks it for streams. */
export const AXIOS_DATA = /^axios#.*\(\)\.data$/;
export const ASKS_FOR_STREAM = /responseType['"]?\s*:\s*['"`]stream/;

/** Without listeners they fail silently: their partners wait for ever. */
export const STALLING_STREAMS: readonly RegExp[] = [/^(child_process#(spawn|exec|execFile|fork)|cross-spawn#(spawn)?)\(\)\.(stdout|stderr|stdin)$/];

/** Functions that call back with the answer of a server. */
export const HTTP_CLIENTS = /^(follow-redirects#)?(https?)[#.](request|get)$/;

/** Types whose values are streams of Node; `ReadableStream` alone is one of the web. */
export const STREAM_TYPES = /^((stream|Stream|internal)\.)?(Readable|Writable|Duplex|Transform)$|^NodeJS\.(ReadableStream|WritableStream|ReadWriteStream)$|^(fs\.)?(ReadStream|WriteStream)$/;

/** Whose `pipe` is another thing, or handles errors by itself. */
export const OTHER_PIPES = /^(new )?(rxjs|highland|execa|arktype|@strapi|effect|@effect|fp-ts|gulp|gulp-plumber|vinyl-fs|zod|valibot|remeda|ramda|lodash|most)([#/]|$)/;

export const LISTENING_METHODS = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);
/** Methods of streams that return the stream. */
export const CHAINABLE_METHODS = new Set(['setEncoding', 'pause', 'resume', 'setMaxListeners', 'off', 'removeListener', 'removeAllListeners', 'setTimeout', 'setNoDelay', 'setKeepAlive', 'unpipe', 'ref', 'unref', 'destroy']);
/** Names of functions that look after a request that they are given: `onFinished(req, …)`. Others get it for other reasons. */
export const LOOKS_AFTER = /finish|error|abort|close|destroy|eos|pump|pipeline|once/i;
