import { createServer, type Server } from 'node:http';
import type { RequestListener } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { RateLimiter } from '#application/rate-limiting/rate-limiter.js';
import { Clock } from '#domain/clock.js';
import { Logger } from '#observability/logger.js';
import { Metrics } from '#observability/metrics.js';
import { NestLogger } from '#observability/nest-logger.js';
import { ApiModule } from './api.module.js';
import { ApiSettings } from './api-settings.js';
import { DISTRIBUTED_PREFIXES } from './dialects/distributed/distributed.module.js';
import { DistributedErrors } from './dialects/distributed/distributed.error-renderer.js';
import { schedulerErrors } from './dialects/scheduler/error-renderer.js';
import { SCHEDULER_ROUTE } from './dialects/scheduler/scheduler.module.js';
import { TIMER4TASKER_ROUTE } from './dialects/timer4tasker/timer4tasker.module.js';
import { configureHttp } from './http/configure-http.js';
import { DialectRouter } from './http/dialect-router.js';
import { limitServer } from './http/server-limits.js';
import { mountOps, PAGE_PREFIXES } from './ops/mount-ops.js';
import { SchedulerRole } from './scheduler/scheduler-role.js';
import { limitRequests } from './security/limit-requests.js';
import { RATE_CLASSES } from './security/rate-classes.js';
import { RequestAuthenticator } from './security/request-authenticator.js';

export interface RunningApi {
  /** Ports that it listens on; the first one is `PORT`. */
  readonly ports: readonly number[];
  readonly app: NestExpressApplication;
  /** Answers what it was asked, leaves the scheduler in order, closes the stores. */
  close(): Promise<void>;
}

/** Requests under way get this long at the end, milliseconds. */
const CLOSE_CONNECTIONS_MS = 5_000;

/** Starts an API process: HTTP on all ports, then the scheduler role unless it is switched off. */
export async function startApi(settings: ApiSettings): Promise<RunningApi> {
  const { environment, log } = settings;
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(settings), {
    logger: new NestLogger(log),
    bodyParser: false,
    abortOnError: false,
  });
  configureHttp(app, {
    trustProxy: mutable(environment.trustProxy),
    dialects: createDialectRouter(app.get(Clock)),
    log: app.get(Logger),
    metrics: app.get(Metrics),
    pagePrefixes: PAGE_PREFIXES,
    limitRequests: environment.rateLimitEnabled ? createRequestLimits(app) : undefined,
  });
  await mountOps(app, environment);
  await app.listen(environment.port, environment.host);
  const { servers, ports } = await listenToo(app, settings);
  const role = app.get(SchedulerRole);
  if (environment.schedulerEnabled) await role.start();
  log.info('api.listening', { host: environment.host, ports: [environment.port, ...ports] });
  return {
    ports: [environment.port, ...ports],
    app,
    close: async () => {
      await role.stop();
      for (const server of [...servers, app.getHttpServer()]) closeSoon(server);
      await app.close();
    },
  };
}

function createRequestLimits(app: NestExpressApplication): RequestHandler {
  const [limiter, authenticator, clock] = [app.get(RateLimiter), app.get(RequestAuthenticator), app.get(Clock)];
  return limitRequests({ limiter, authenticator, clock, classes: RATE_CLASSES });
}

function createDialectRouter(clock: Clock): DialectRouter {
  const distributed = { prefixes: DISTRIBUTED_PREFIXES, errors: new DistributedErrors(() => clock.now()) };
  const otherVersioned = { prefixes: ['/api/v1'], errors: schedulerErrors };
  return new DialectRouter([SCHEDULER_ROUTE, TIMER4TASKER_ROUTE, otherVersioned, distributed], schedulerErrors);
}

/** The same API on further ports. A busy one is fatal only where the operator asked for it. */
async function listenToo(app: NestExpressApplication, settings: ApiSettings): Promise<{ servers: Server[]; ports: number[] }> {
  const { extraPorts, host } = settings.environment;
  const servers: Server[] = [];
  const ports: number[] = [];
  for (const port of extraPorts.ports) {
    const server = createServer(app.getHttpAdapter().getInstance() as RequestListener);
    limitServer(server);
    try {
      await listening(server, port, host);
      servers.push(server);
      ports.push(port);
    } catch (error) {
      if (extraPorts.required) throw error;
      settings.log.info('api.port_taken', { port });
    }
  }
  return { servers, ports };
}

async function listening(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

/** Takes no new connection, and cuts those that are still open after a while (log streams never end by themselves). */
function closeSoon(server: Server): void {
  server.close();
  server.closeIdleConnections();
  setTimeout(() => {
    server.closeAllConnections();
  }, CLOSE_CONNECTIONS_MS).unref();
}

function mutable(trust: boolean | number | readonly string[]): boolean | number | string[] {
  return typeof trust === 'object' ? [...trust] : trust;
}
