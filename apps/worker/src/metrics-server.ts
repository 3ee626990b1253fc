import { createServer, type Server } from 'node:http';
import type { Metrics } from '#observability/metrics.js';

const REQUEST_TIMEOUT_MS = 5_000;

/** Answers `/metrics` and `/health/live` of a worker, on a port of its own; everything else is 404. */
export class MetricsServer {
  private readonly server: Server;

  constructor(metrics: Metrics) {
    this.server = createServer((request, response) => {
      if (request.url === '/health/live') {
        response.setHeader('Content-Type', 'application/json').end('{"status":"alive"}');
      } else if (request.url === '/metrics') {
        metrics.render().then(
          (text) => response.setHeader('Content-Type', metrics.contentType).end(text),
          () => response.writeHead(500).end(),
        );
      } else response.writeHead(404).end();
    });
    this.server.requestTimeout = REQUEST_TIMEOUT_MS;
  }

  /** Resolves when it listens. @throws when the port is taken */
  async start(port: number, host: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.removeListener('error', reject);
        resolve();
      });
    });
  }
}
