import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import type { Logger } from '#observability/logger.js';
import type { Metrics } from '#observability/metrics.js';
import { answerInTime } from './answer-in-time.js';
import { readBodies } from './body.js';
import type { DialectRouter } from './dialect-router.js';
import { FailureFilter } from './failure.filter.js';
import { measureRequests } from './measure-requests.js';
import { assignRequestId } from './request-id.js';
import { securityHeaders } from './security-headers.js';
import { limitServer } from './server-limits.js';

export interface HttpOptions {
  /** Express's `trust proxy`: whose `X-Forwarded-For` is believed. */
  readonly trustProxy: boolean | number | string | string[];
  readonly dialects: DialectRouter;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Prefixes of web pages, which need other security headers than data. */
  readonly pagePrefixes: readonly string[];
  /** Counts requests before their bodies are read; left out: nobody counts. */
  readonly limitRequests?: RequestHandler | undefined;
}

/**
 * Everything that holds for every request, whatever its dialect. Call it once, before `app.init()`, on an application that
 * was created with `bodyParser: false`.
 */
export function configureHttp(app: NestExpressApplication, options: HttpOptions): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.trustProxy);
  app.use(measureRequests(options.metrics));
  app.use(assignRequestId);
  app.use(securityHeaders(options.pagePrefixes));
  app.use(answerInTime(options.dialects));
  if (options.limitRequests !== undefined) app.use(options.limitRequests);
  readBodies(app);
  app.useGlobalFilters(new FailureFilter(options.dialects, options.log));
  limitServer(app.getHttpServer());
}
