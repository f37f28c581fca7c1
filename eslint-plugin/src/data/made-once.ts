import type { Made } from '../model/made-in-handler-rule.js';

/** Costs are measured with Node 20. */
export const WORKERS: readonly Made[] = [
  { path: /^new worker_threads#Worker$/, what: 'thread', cost: '38 ms of CPU and 8.7 MB', costMs: 38, costBytes: 8_700_000 },
  { path: /^cluster#fork$/, what: 'process', cost: 'hundreds of milliseconds and 50 MB', costMs: 200, costBytes: 50_000_000 },
  { path: /^child_process#fork$/, what: 'process', cost: '40 ms of CPU and 40 MB', costMs: 40, costBytes: 40_000_000 },
  { path: /^(child_process#(spawn|exec|execFile)|cross-spawn#(spawn)?|execa#(execa|execaCommand|execaNode|\$)?|zx#\$)$/, what: 'process', cost: '3 ms on this event loop, before it even runs', costMs: 3 },
];

export const METRICS: readonly Made[] = [
  { path: /^new prom-client#(Counter|Gauge|Histogram|Summary)$/, what: 'metric', cost: 'a second one of a name throws' },
  { path: /^new prom-client#Registry$/, what: 'registry', cost: 'its metrics start from zero each time' },
  { path: /^prom-client#collectDefaultMetrics$/, what: 'set of default metrics', cost: 'each adds observers and a timer' },
  { path: /^@opentelemetry\/api#metrics\.getMeter\(\)\.create(Counter|Histogram|Gauge|UpDownCounter|Observable\w+)$/, what: 'instrument', cost: 'each is kept by the meter' },
];

export const CLIENTS: readonly Made[] = [
  { path: /^new (pg|pg-pool|mysql2?|mysql2\/promise|mongodb|redis|ioredis|@redis\/client|@prisma\/client|kafkajs|knex|sequelize|@elastic\/elasticsearch|nats|amqplib|undici|typeorm|tedious|mssql|cassandra-driver|@google-cloud\/[\w-]+|@azure\/[\w-]+)#(Pool|Client|Redis|Cluster|MongoClient|PrismaClient|Kafka|Sequelize|Agent|DataSource|Connection|ConnectionPool|\w*Client)?$/, what: 'client', cost: 'connections of its own' },
  { path: /^new @aws-sdk\/client-[\w-]+#\w+Client$/, what: 'client', cost: 'an agent with connections of its own' },
  { path: /^new https?#Agent$/, what: 'agent', cost: 'connections of its own, none used twice' },
  { path: /^(redis|@redis\/client)#(createClient|createCluster)$/, what: 'client', cost: 'a connection of its own' },
  { path: /^(mysql2?|mysql2\/promise)#(createPool|createConnection)$/, what: 'client', cost: 'connections of its own' },
  { path: /^mongoose#(connect|createConnection)$/, what: 'client', cost: 'a pool of connections of its own' },
  { path: /^mongodb#MongoClient\.connect$/, what: 'client', cost: 'a pool of connections of its own' },
  { path: /^amqplib#connect$/, what: 'connection', cost: 'several round trips' },
  { path: /^nodemailer#createTransport$/, what: 'transport', cost: 'a connection of its own' },
  { path: /^(axios#create|got#extend|knex#)$/, what: 'client', cost: 'settings and agents of its own' },
];

export const COMPILED: readonly Made[] = [
  { path: /^new (ajv|ajv\/dist\/[\w.]+)#(Ajv\w*)?$/, what: 'validator', cost: 'milliseconds to compile its schemas', costMs: 5 },
  { path: /^new (ajv|ajv\/dist\/[\w.]+)#(Ajv\w*)?\.?compile$/, what: 'schema', cost: 'kept by the instance: 2,928 bytes each', costMs: 2, costBytes: 2928 },
  { path: /^(handlebars|ejs|pug|nunjucks|mustache|eta|lodash|underscore)#(compile|compileFile|template|parse)$/, what: 'template', cost: 'milliseconds to compile', costMs: 2 },
  { path: /^new vm#Script$/, what: 'script', cost: 'milliseconds to compile', costMs: 1 },
  { path: /^new global#Function$/, what: 'function', cost: 'a compilation each time', costMs: 0.1 },
  { path: /^(new )?global#RegExp$/, isFromClient: true, what: 'pattern', cost: 'a compilation each time, and what it costs to match is up to the client', costMs: 0.01 },
  { path: /^new global#Intl\.(NumberFormat|DateTimeFormat|Collator|PluralRules|RelativeTimeFormat|ListFormat|Segmenter)$/, what: 'formatter', cost: 'tens of microseconds and tens of kilobytes', costMs: 0.05 },
];
