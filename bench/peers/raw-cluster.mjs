import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { hello } from './hello.mjs';

if (cluster.isPrimary) {
  for (let worker = 0; worker < Number(process.env.WORKERS); worker++) cluster.fork();
} else {
  createServer((request, response) => {
    const body = JSON.stringify(hello());
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
    response.end(body);
  }).listen(Number(process.env.PORT), '127.0.0.1');
}
