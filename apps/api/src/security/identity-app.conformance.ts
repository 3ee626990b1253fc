import 'reflect-metadata';
import { ApiKeyRepository } from '#application/identity/api-key.repository.js';
import { AuditLog } from '#application/identity/audit-log.js';
import { LoginFailures } from '#application/identity/login-failures.js';
import { SessionRepository } from '#application/identity/session.repository.js';
import { UserRepository } from '#application/identity/user.repository.js';
import { Clock, SystemClock } from '#domain/clock.js';
import { IdentityOptions } from '#identity/identity-options.js';
import { PasswordHasher } from '#identity/passwords/password-hasher.js';
import { seedAccounts } from '#identity/users/seed-accounts.js';
import { silentLogger } from '#observability/logger.js';
import { Metrics } from '#observability/metrics.js';
import { createIdentityStores, type IdentityStores } from '#persistence/identity/identity-database.conformance.js';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AuthController } from '../dialects/distributed/auth/auth.controller.js';
import { DISTRIBUTED_PREFIXES } from '../dialects/distributed/distributed.module.js';
import { DistributedErrors } from '../dialects/distributed/distributed.error-renderer.js';
import { configureHttp } from '../http/configure-http.js';
import { DialectRouter } from '../http/dialect-router.js';
import { AnonymousAccess } from './anonymous-access.js';
import { SecurityModule } from './security.module.js';

/** Security and dialect 002's auth endpoints on a real server and a real database with the demo accounts. For tests. */
export interface IdentityApp {
  readonly app: NestExpressApplication;
  readonly stores: IdentityStores;
  readonly secret: string;
  /** Sends a request; `body` goes as JSON. */
  send(line: string, options?: SendOptions): Promise<Answer>;
  /** Logs in and returns the tokens. */
  login(username: string, password: string): Promise<{ access: string; refresh: string }>;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text itself. */
  readonly body: unknown;
}

const SECRET = 'a secret of the tests that is long enough for anybody';
const FAST_HASHING = { memoryKib: 64, passes: 1 };

@Module({})
class PortsModule {
  static of(stores: IdentityStores): DynamicModule {
    const options = new IdentityOptions({ accessTokens: { secret: SECRET }, localMode: true, passwordHashing: FAST_HASHING });
    const providers = [
      { provide: UserRepository, useValue: stores.users },
      { provide: SessionRepository, useValue: stores.sessions },
      { provide: ApiKeyRepository, useValue: stores.apiKeys },
      { provide: AuditLog, useValue: stores.audit },
      { provide: LoginFailures, useValue: stores.loginFailures },
      { provide: Clock, useClass: SystemClock },
      { provide: IdentityOptions, useValue: options },
      { provide: AnonymousAccess, useValue: new AnonymousAccess({ open: ['timer4tasker'], loopbackOnly: true }) },
    ];
    return { module: PortsModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}

@Module({})
class RootModule {
  static of(stores: IdentityStores, controllers: Type[]): DynamicModule {
    return { module: RootModule, imports: [PortsModule.of(stores), SecurityModule], controllers: [AuthController, ...controllers] };
  }
}

/** Starts it with further controllers; `prepare` runs before it listens. */
export async function startIdentityApp(
  controllers: Type[] = [],
  prepare: (app: NestExpressApplication) => void = () => undefined,
): Promise<IdentityApp> {
  const stores = await createIdentityStores();
  await seedAccounts({ ...stores, hasher: new PasswordHasher(FAST_HASHING) }, { localMode: true, adminPassword: null });
  const app = await NestFactory.create<NestExpressApplication>(RootModule.of(stores, controllers), {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  const errors = new DistributedErrors(() => new Date());
  const dialects = new DialectRouter([{ prefixes: DISTRIBUTED_PREFIXES, errors }], errors);
  configureHttp(app, { trustProxy: false, dialects, log: silentLogger(), metrics: new Metrics({ service: 'api' }), pagePrefixes: [] });
  prepare(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const send = (line: string, options?: SendOptions): Promise<Answer> => sendTo(url, line, options);
  return {
    app,
    stores,
    secret: SECRET,
    send,
    login: async (username, password) => {
      const { body } = await send('POST /api/auth/login', { body: { username, password } });
      const { access_token: access, refresh_token: refresh } = (body as { data: { access_token: string; refresh_token: string } }).data;
      return { access, refresh };
    },
    close: async () => {
      await app.close();
      await stores.drop();
    },
  };
}

async function sendTo(url: string, line: string, { token, headers = {}, body }: SendOptions = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = line.split(' ');
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
