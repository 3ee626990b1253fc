/** Which TCP ports can be listened on. */
import { createServer } from 'node:net';

/** Null when the port can be listened on, else the reason: `EADDRINUSE`, `EACCES` … */
export function portProblem(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => done(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(null)));
  });
}

/** The first free port of `candidates`, each on `host`. @throws Error when none is free */
export async function firstFreePort(candidates, host = '127.0.0.1') {
  for (const port of candidates) {
    if ((await portProblem(port, host)) === null) return port;
  }
  throw new Error('No free TCP port found');
}

/** `count` ports from `start` on, for `firstFreePort`. */
export function portRange(start, count = 200) {
  return Array.from({ length: count }, (_, offset) => start + offset);
}

/** A random place below the range from which the system takes ports for outgoing connections (32768 and up on Linux). */
export function randomPortRange(count = 200) {
  return portRange(20_000 + Math.floor(Math.random() * 12_000), count);
}
