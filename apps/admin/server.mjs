/**
 * The admin UI's process: Next's own request handler in a plain HTTP server, so that it begins and ends like the other
 * services: it says that it is ready over IPC, and drains on SIGTERM and when its launcher is gone.
 *
 * Variables: ADMIN_PORT (3000), ADMIN_HOST (HOST, 127.0.0.1), TRUST_PROXY; TAKT_API_URL is read by src/server/environment.ts.
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';

const CLOSE_CONNECTIONS_MS = 5_000;
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
const LINGER_MS = 1_000;
/** Below these a request may have a body; pages take none, so that nobody need read one. */
const TAKES_BODIES = /^\/(api|admin\/queues)(\/|\?|$)/;
const READS = ['GET', 'HEAD'];
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto'];

const port = Number(process.env.ADMIN_PORT || 3000);
const host = process.env.ADMIN_HOST || process.env.HOST || '127.0.0.1';
const isBehindProxy = !['', 'false', '0'].includes(process.env.TRUST_PROXY ?? '');

main().catch((error) => {
  process.stderr.write(`The admin UI failed: ${error.stack ?? error}\n`);
  process.exit(1);
});

async function main() {
  const { default: next } = await import('next');
  const app = next({ dev: false, dir: fileURLToPath(new URL('.', import.meta.url)), hostname: host, port });
  const handle = app.getRequestHandler();
  await app.prepare();
  const server = createServer((request, response) => {
    nameClient(request);
    cutWhatNobodyReads(request, response);
    if (!READS.includes(request.method) && !TAKES_BODIES.test(request.url)) {
      response.writeHead(405, { allow: READS.join(', '), 'content-length': 0 }).end();
      return;
    }
    handle(request, response).catch((error) => {
      process.stderr.write(`${request.method} ${request.url?.split('?')[0]}: ${error.stack ?? error}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  await listening(server);
  endInOrder(server);
  process.stdout.write(`The admin UI listens on http://${host}:${port}\n`);
  process.send?.({ type: 'ready', ports: [port] });
}

/** What a client claims about where it comes from counts only behind a proxy of ours, which adds to it. */
function nameClient(request) {
  const claimed = isBehindProxy ? request.headers['x-forwarded-for'] : undefined;
  if (!isBehindProxy) for (const name of FORWARDED) delete request.headers[name];
  const address = request.socket.remoteAddress ?? '';
  request.headers['x-forwarded-for'] = claimed === undefined ? address : `${claimed}, ${address}`;
  request.headers['x-forwarded-proto'] ??= 'http';
}

/** A request that was answered before its body was there would be read on until its end: gives the answer time to arrive, then cuts it off. */
function cutWhatNobodyReads(request, response) {
  response.once('finish', () => {
    if (request.complete) return;
    setTimeout(() => {
      if (!request.complete) request.socket.destroy();
    }, LINGER_MS).unref();
  });
}

function listening(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

/** Takes no new connection, answers what it was asked, and cuts what is open after a while: event streams never end. */
function endInOrder(server) {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), CLOSE_CONNECTIONS_MS).unref();
  };
  for (const name of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(name, end);
}
