/** A call that takes something which has to be given back, from a pool, a server or the system. */
export interface Acquisition {
  readonly method: string;
  /** Where the call comes from, if names tell. */
  readonly path?: RegExp;
  /** The name of what it is called on, where its origin is not seen. */
  readonly receiver?: RegExp;
  /** Methods of what it gives that give it back, or of the pool with it as an argument. */
  readonly releases: readonly string[];
  /** Whether it is there at once, also without `await`. */
  readonly isSync?: boolean;
  /** Whether it is used again by whoever takes it next. */
  readonly isPooled?: true;
  /** For messages. */
  readonly what: string;
}

const POOL = /pool$/i;

/** From the documentation of each library; the releases are all that it names. */
export const ACQUISITIONS: readonly Acquisition[] = [
  // pg: https://node-postgres.com/apis/pool#poolconnect
  { method: 'connect', path: /^new pg#(native\.)?Pool\.connect$/, receiver: POOL, releases: ['release', 'end', 'destroy'], isPooled: true, what: 'client' },
  // mysql, mysql2, mariadb, oracledb
  { method: 'getConnection', path: /^(mysql|mysql2|mysql2\/promise|mariadb|oracledb)#createPool(Cluster)?\(\)\.getConnection$/, receiver: /pool|cluster|mysql|maria|oracle|^db$|database/i, releases: ['release', 'releaseConnection', 'close', 'end', 'destroy'], isPooled: true, what: 'connection' },
  // generic-pool, tarn
  { method: 'acquire', receiver: POOL, releases: ['release', 'destroy'], isPooled: true, what: 'resource' },
  // fs.promises.open: streams of a handle close it when they end
  { method: 'open', path: /^(fs#promises\.|fs\/promises#|global#fs\.promises\.)open$/, releases: ['close', 'readLines', 'createReadStream', 'createWriteStream'], what: 'file handle' },
  // typeorm
  { method: 'createQueryRunner', path: /^new typeorm#DataSource\.createQueryRunner$/, receiver: /data_?source|connection|manager|conn$|^db$|database/i, releases: ['release'], isSync: true, what: 'query runner' },
  // mongodb, mongoose
  { method: 'startSession', path: /^(new mongodb#MongoClient|mongoose#)\.?startSession$/, receiver: /client|mongoose|connection|mongo|conn$|^db$/i, releases: ['endSession'], isSync: true, what: 'session' },
  // puppeteer, playwright
  { method: 'newPage', receiver: /browser|context/i, releases: ['close'], what: 'page' },
  { method: 'launch', path: /^(puppeteer|puppeteer-core|playwright|playwright-core)#/, releases: ['close', 'disconnect', 'kill'], what: 'browser' },
];
