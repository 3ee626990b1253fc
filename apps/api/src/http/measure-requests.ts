import type { Metrics } from '#observability/metrics.js';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Observes how long answers take, by route pattern. Streams last as long as their reader wants and are left out. */
export function measureRequests(metrics: Metrics): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAtMs = performance.now();
    response.once('finish', () => {
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return;
      metrics.observeRequest({
        method: request.method,
        route: routePattern(request),
        statusCode: response.statusCode,
        durationMs: performance.now() - startedAtMs,
      });
    });
    next();
  };
}

function routePattern(request: Request): string | null {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : null;
}
