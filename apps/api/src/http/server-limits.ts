import type { Server } from 'node:http';

/** How long a client may take for its headers, and for headers and body together, milliseconds. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** Longer than the idle timeout of common load balancers (60 s), so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** How often Node looks for clients that take too long. Its default of 30 s would double the limits above. */
const CHECK_INTERVAL_MS = 5_000;

/**
 * Sets the limits against slow clients on a server that does not listen yet. Answers may take as long as they like: streams
 * are not affected.
 */
export function limitServer(server: Server): void {
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  // Read when the server starts to listen, but an option of the constructor only in the documentation.
  Object.assign(server, { connectionsCheckingInterval: CHECK_INTERVAL_MS });
}
