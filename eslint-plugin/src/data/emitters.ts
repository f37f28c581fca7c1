/** Methods that emitters have, as data. */

/** Add a listener that stays until it is removed. */
export const ADD_METHODS: ReadonlySet<string> = new Set(['on', 'addListener', 'prependListener', 'addEventListener']);
/** Add a listener that goes when the event comes: if it ever comes. */
export const ONCE_METHODS: ReadonlySet<string> = new Set(['once', 'prependOnceListener']);
export const REMOVE_METHODS: ReadonlySet<string> = new Set(['off', 'removeListener', 'removeEventListener']);
/** Take the listener away for sure: `off` of some clients takes a callback in its place. */
export const PLAIN_REMOVE_METHODS: ReadonlySet<string> = new Set(['removeListener', 'removeEventListener']);
export const REMOVE_ALL_METHODS: ReadonlySet<string> = new Set(['removeAllListeners', 'offAll', 'removeAll']);
/** Ask what is listened to already: who looks adds only once. */
export const COUNT_METHODS = /^(listenerCount|listeners|rawListeners|eventNames|hasListeners)$/;

/** Methods of emitters: an `on()` of which only these are called later returned the emitter. */
export const EMITTER_METHODS: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'emit', 'setMaxListeners', 'listenerCount']);

/** Emitters of Node, by the resolver's paths: their `on()` returns the emitter. */
export const NODE_EMITTERS = /^(new (events#(EventEmitter)?|events#EventEmitter\.EventEmitter|(http|https|net|tls|stream|worker_threads)#\w+)|global#process(\.std(in|out|err))?|process#(std(in|out|err))?|cluster#(worker)?|(http|https|net|tls)#createServer\(\)|new global#(AbortController\.signal|EventTarget))$/;
/** What signals of AbortController are: they call an abort listener once, when the process ends. */
export const SIGNAL_NAME = /(^|\.)(\w*[sS]ignal)$/;

/** Methods by which objects end; those by which a framework ends its only object of a class are not among them. */
export const CLEANUP_METHODS: ReadonlySet<string> = new Set(['close', 'stop', 'destroy', 'dispose', 'end', 'shutdown', 'disconnect', 'unsubscribe', 'teardown', 'cleanup', '@@dispose']);
/** Methods that begin what such a method ends. */
export const STARTS_AGAIN: ReadonlySet<string> = new Set(['start', 'connect', 'open', 'listen', 'resume', 'restart', 'reconnect', 'init', 'run']);
/** Methods by which emitters end, and their listeners with them. */
export const ENDS_EMITTER = /^(end|close|destroy|destroySoon|terminate|kill|disconnect|abort|quit|stop|dispose|shutdown|release|cancel)$/;

/** Decorators of classes of which a framework makes one object for the life of the process, unless they say another scope. */
export const PROVIDER_DECORATORS: ReadonlySet<string> = new Set(['Injectable', 'Controller', 'WebSocketGateway', 'Resolver', 'Processor', 'Catch', 'Service', 'JsonController', 'singleton', 'Singleton']);
/** Events by which emitters say that they are over: who listens for them goes with them. */
export const ENDING_EVENTS: ReadonlySet<string> = new Set(['close', 'end', 'exit', 'finish', 'disconnect', 'disconnected', 'destroy', 'destroyed', 'abort', 'aborted', 'terminate', 'done', 'drain']);

/** Events that come at the very end, if ever: a listener for one call of them stays as long as one for all. */
export const LAST_EVENTS = /^(close|end|exit|beforeExit|finish|abort|destroy(ed)?|shutdown|disconnect|SIG(TERM|INT|QUIT|HUP|BREAK))$/;

/** Functions of packages that keep what they are given until the process ends, and return what takes it away again. */
export const EXIT_MODULES = ['signal-exit', 'exit-hook', 'async-exit-hook', 'node-cleanup', 'death', 'close-with-grace'];
export const EXIT_HOOKS = /^(signal-exit#(onExit)?|exit-hook#(asyncExitHook)?|async-exit-hook#|node-cleanup#|death#|close-with-grace#)$/;

/** What requests, sockets and contexts have of the server: it outlives them. */
export const MEMBERS_OF_SERVER = /^(app|server|nsp|fastify|io)$/;
/** Functions that by their names give the same object each time. */
export const SHARED_GETTERS = /^(get(Shared|Global|Default)?Instance|getSingleton|sharedInstance|get\w*(Bus|Emitter|PubSub|Hub|Io|IO))$/;
