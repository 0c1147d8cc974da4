/**
 * Stands in for Strapi in tests: answers on the socket, echoes what it was sent, upgrades, ends
 * when its door is gone.
 */
import { createServer } from 'node:http';

process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
/** Answers to `/slow`, held back until a request for `/go`. */
const waiting = [];
const server = createServer((request, response) => {
  if (request.url === '/_health') return response.writeHead(204).end();
  if (request.url === '/dies') return process.exit(1);
  if (request.url === '/slow') return void waiting.push(response);
  if (request.url === '/go') for (const slow of waiting.splice(0)) slow.end('done');
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString();
    response.writeHead(200, {
      'content-type': 'application/json',
      connection: 'x-private',
      'x-private': 'one hop',
    });
    response.end(
      JSON.stringify({
        pid: process.pid,
        method: request.method,
        url: request.url,
        headers: request.headers,
        body,
      }),
    );
  });
});
server.on('upgrade', (request, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: Upgrade\r\n\r\n');
  socket.pipe(socket);
});
server.listen(process.env.STRAPI_SOCKET);
