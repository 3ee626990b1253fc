import { Controller, Get, Post } from '@nestjs/common';
import type { Principal } from '#application/identity/principal.js';
import { PERMISSIONS, ROLE_PERMISSIONS, permits, type Permission } from '#domain/permissions.js';
import { newApiKey } from '#identity/api-keys/api-key-format.js';
import { PasswordHasher } from '#identity/passwords/password-hasher.js';
import { SignJWT, UnsecuredJWT, decodeJwt, exportSPKI, generateKeyPair, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AnyAuthenticated, OpenWhenAnonymous, Public, RequirePermission } from './access.decorators.js';
import type { IncomingMessage } from 'node:http';
import { AnonymousAccess } from './anonymous-access.js';
import { BasicAuthenticator } from './basic-authenticator.js';
import { CurrentPrincipal } from './current.decorators.js';
import { startIdentityApp, type Answer, type IdentityApp } from './identity-app.conformance.js';
import { RequestAuthenticator } from './request-authenticator.js';
import { actOrRead } from './page-gate.js';
import { RouteInventory } from './route-inventory.js';

@Controller('probe')
class ProbeController {
  @Get('open')
  @Public()
  open(): string {
    return 'open';
  }

  @Get('any')
  @AnyAuthenticated()
  any(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }

  @Post('any')
  @AnyAuthenticated()
  write(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }
}

@Controller('probe/anonymous')
@OpenWhenAnonymous('timer4tasker')
class AnonymousProbe {
  @Get()
  @RequirePermission('TaskRead')
  read(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }

  @Post()
  @RequirePermission('TaskWrite')
  write(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }

  @Get('admin')
  @RequirePermission('Admin')
  admin(): string {
    return 'admin';
  }
}

/** One route for each permission. */
const permissionProbes = PERMISSIONS.map((permission: Permission) => {
  @Controller('probe')
  class PermissionProbe {
    @Get(permission)
    @RequirePermission(permission)
    probe(): string {
      return permission;
    }
  }
  return PermissionProbe;
});

let api: IdentityApp;
beforeAll(async () => {
  api = await startIdentityApp([ProbeController, AnonymousProbe, ...permissionProbes], (app) => {
    const gate = { basic: app.get(BasicAuthenticator), bearer: app.get(RequestAuthenticator) };
    const answering = (text: string) => (_request: unknown, response: { send(text: string): void }) => {
      response.send(text);
    };
    app.use('/board', actOrRead(gate, { acting: answering('board'), reading: answering('board to read') }));
  });
});
afterAll(() => api.close());

const codeOf = (answer: Answer): unknown => (answer.body as { error?: { code?: unknown } }).error?.code;

function without(payload: JWTPayload, member: string): JWTPayload {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => name !== member));
}

async function keyWith(permissions: readonly Permission[], username = 'admin'): Promise<string> {
  const { key, hash, lastFour } = newApiKey();
  const creator = await api.stores.users.findByUsername(username);
  if (creator === null) throw new Error(`no ${username}`);
  const id = crypto.randomUUID();
  await api.stores.apiKeys.add({ id, name: 'probe', prefix: 'sk_live_', lastFour, hash, permissions, createdBy: creator.id, lifetimeMs: null });
  return key;
}

describe('access tokens', () => {
  let payload: JWTPayload;
  let token: string;
  const secret = (text: string): Uint8Array => new TextEncoder().encode(text);
  const signed = (claims: JWTPayload, alg = 'HS256', key: Parameters<SignJWT['sign']>[0] = secret(api.secret)): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg }).sign(key);
  const seconds = (): number => Math.floor(Date.now() / 1000);

  beforeAll(async () => {
    token = (await api.login('admin', 'admin123')).access;
    payload = decodeJwt(token);
  });

  test('are accepted as issued, and when signed the same way', async () => {
    expect((await api.send('GET /probe/any', { token })).status).toBe(200);
    expect((await api.send('GET /probe/any', { token: await signed(payload) })).status).toBe(200);
  });

  const forgeries: Record<string, () => string | Promise<string>> = {
    'no algorithm': () => new UnsecuredJWT(payload).encode(),
    'no signature': () => token.split('.').slice(0, 2).join('.') + '.',
    'another secret': () => signed(payload, 'HS256', secret('x'.repeat(40))),
    'another HMAC': () => signed(payload, 'HS512'),
    'an RSA signature': async () => signed(payload, 'RS256', (await generateKeyPair('RS256')).privateKey),
    'a public key as the secret': async () => signed(payload, 'HS256', secret(await exportSPKI((await generateKeyPair('RS256')).publicKey))),
    'a key of its own in the header': () =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: 'HS256', kid: '../../dev/null', jwk: { kty: 'oct', k: 'eHh4' } as object, jku: 'http://127.0.0.1:1/jwks' })
        .sign(secret('xxx'.repeat(12))),
    'a changed payload': () => {
      const [head, , signature] = token.split('.');
      const changed = Buffer.from(JSON.stringify({ ...payload, sub: crypto.randomUUID() })).toString('base64url');
      return [head, changed, signature].join('.');
    },
    'another issuer': () => signed({ ...payload, iss: 'someone' }),
    'another audience': () => signed({ ...payload, aud: 'other-api' }),
    'another type': () => signed({ ...payload, typ: 'refresh' }),
    'no type': () => signed(without(payload, 'typ')),
    'a past end': () => signed({ ...payload, exp: seconds() - 1 }),
    'no end': () => signed(without(payload, 'exp')),
    'a future start': () => signed({ ...payload, nbf: seconds() + 60 }),
    'another user than its login has': () => signed({ ...payload, sub: crypto.randomUUID() }),
    'a login that does not exist': () => signed({ ...payload, sid: crypto.randomUUID() }),
    'a login id that is none': () => signed({ ...payload, sid: "' or true --" }),
    'a refresh token in its place': async () => (await api.login('admin', 'admin123')).refresh,
    'an API key that was never issued': () => newApiKey().key,
    'an API key with a wrong checksum': () => 'sk_live_abcd1234efgh5678ijkl9012mnop3456qrst',
  };

  test.each(Object.keys(forgeries))('are refused with %s', async (name) => {
    const forged = (await forgeries[name]?.()) ?? '';
    const answer = await api.send('GET /probe/any', { token: forged });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'INVALID_TOKEN']);
  });

  test('of requests in parallel are not mixed up', async () => {
    const users = [
      ['admin', 'admin123'],
      ['operator', 'op123'],
      ['viewer', 'view123'],
    ] as const;
    const logins = await Promise.all(users.map(async ([name, password]) => ({ name, token: (await api.login(name, password)).access })));
    const requests = Array.from({ length: 20 }, () => logins).flat();
    const answers = await Promise.all(requests.map(({ token: own }) => api.send('GET /probe/any', { token: own })));
    expect(answers.map(({ body }) => (body as Principal).username)).toEqual(requests.map(({ name }) => name));
  });

  test('lose what a lower role may not, and everything with a disabled account, on the next request', async () => {
    const { access } = await api.login('operator', 'op123');
    const operator = await api.stores.users.findByUsername('operator');
    if (operator === null) throw new Error('no operator');
    expect((await api.send('GET /probe/TaskWrite', { token: access })).status).toBe(200);
    await api.stores.users.update(operator.id, { role: 'Viewer' });
    expect((await api.send('GET /probe/TaskWrite', { token: access })).status).toBe(403);
    await api.stores.users.update(operator.id, { role: 'Operator', state: 'disabled' });
    expect((await api.send('GET /probe/TaskRead', { token: access })).status).toBe(401);
    await api.stores.users.update(operator.id, { state: 'enabled' });
  });
});

describe('permissions', () => {
  test.each(PERMISSIONS)('a key with %s alone may do that and nothing else', async (held) => {
    const token = await keyWith([held]);
    for (const needed of PERMISSIONS) {
      const answer = await api.send(`GET /probe/${needed}`, { token });
      expect([needed, answer.status]).toEqual([needed, permits([held], needed) ? 200 : 403]);
      if (answer.status === 403) expect(codeOf(answer)).toBe('INSUFFICIENT_PERMISSIONS');
    }
  });

  test('a key never does more than its creator may', async () => {
    const token = await keyWith(['Admin', 'TaskRead', 'TaskDelete'], 'viewer');
    const { body } = await api.send('GET /probe/any', { token });
    expect(body).toMatchObject({ kind: 'api-key', role: null, permissions: ['TaskRead'], sessionId: null });
    expect(permits(ROLE_PERMISSIONS.Viewer, 'TaskDelete')).toBe(false);
  });
});

describe('guards', () => {
  test('ask for credentials but on public routes', async () => {
    expect((await api.send('GET /probe/open')).body).toBe('open');
    expect(codeOf(await api.send('GET /probe/any'))).toBe('AUTHENTICATION_REQUIRED');
    expect(codeOf(await api.send('POST /probe/any'))).toBe('AUTHENTICATION_REQUIRED');
  });

  test.each(['GET', 'HEAD'])('treat %s like GET', async (method) => {
    expect((await api.send(`${method} /probe/any`)).status).toBe(401);
    expect((await api.send(`${method} /probe/any`, { token: 'nonsense' })).status).toBe(401);
    expect((await api.send(`${method} /probe/TaskDelete`, { token: (await api.login('viewer', 'view123')).access })).status).toBe(403);
  });

  test('ask for credentials before OPTIONS', async () => {
    expect((await api.send('OPTIONS /probe/any')).status).toBe(401);
    expect((await api.send('OPTIONS /api/auth/api-keys', { token: 'nonsense' })).status).toBe(401);
    const { access } = await api.login('viewer', 'view123');
    expect((await api.send('OPTIONS /probe/any', { token: access })).headers.get('allow')).toContain('GET');
  });

  test('list every route with its rule', () => {
    const routes = api.app.get(RouteInventory).routes();
    expect(routes).toContainEqual({ method: 'DELETE', path: '/api/auth/api-keys/:id', handler: 'AuthController.revokeKey', access: { kind: 'permission', permission: 'Admin' } });
    expect(routes.filter(({ access }) => access?.kind === 'public').map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /probe/open',
      'POST /api/auth/login',
      'POST /api/auth/refresh',
    ]);
  });
});

describe('routes that are open to callers without credentials', () => {
  test('know them as the anonymous principal, which has no user', async () => {
    const { status, body } = await api.send('GET /probe/anonymous');
    expect([status, body]).toMatchObject([200, { kind: 'anonymous', userId: null, username: 'anonymous' }]);
    expect((await api.send('POST /probe/anonymous')).status).toBe(201);
  });

  test('still ask for their permission', async () => {
    expect((await api.send('GET /probe/anonymous/admin')).status).toBe(403);
  });

  test('check the credentials of those who send some', async () => {
    expect((await api.send('GET /probe/anonymous', { token: 'nonsense' })).status).toBe(401);
    const { access } = await api.login('viewer', 'view123');
    expect((await api.send('GET /probe/anonymous', { token: access })).body).toMatchObject({ username: 'viewer' });
    expect((await api.send('POST /probe/anonymous', { token: access })).status).toBe(403);
  });

  test('refuse what a browser sends for another site', async () => {
    expect((await api.send('POST /probe/anonymous', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await api.send('POST /probe/anonymous', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  test('refuse a name that somebody else lets point to this machine', () => {
    const access = new AnonymousAccess({ open: ['timer4tasker'], loopbackOnly: true });
    const from = (host: string): boolean => access.admits({ method: 'GET', headers: { host } } as IncomingMessage, 'timer4tasker');
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080', 'LOCALHOST']) expect(from(host)).toBe(true);
    for (const host of ['rebound.example:8080', 'localhost.evil.example', '127.0.0.1.evil.example', '']) {
      expect(() => from(host)).toThrow(/another site/);
    }
  });

  test('are closed where the installation does not open them', () => {
    const request = { method: 'GET', headers: { host: 'localhost' } } as IncomingMessage;
    expect(new AnonymousAccess({ open: [], loopbackOnly: true }).admits(request, 'timer4tasker')).toBe(false);
    expect(new AnonymousAccess({ open: ['timer4tasker'], loopbackOnly: true }).admits(request, undefined)).toBe(false);
  });

  test('stop the start when they name no permission', async () => {
    @Controller('careless')
    class CarelessController {
      @Get('door')
      @OpenWhenAnonymous('timer4tasker')
      @AnyAuthenticated()
      door(): string {
        return 'open';
      }
    }
    await expect(startIdentityApp([CarelessController])).rejects.toThrow(/OpenWhenAnonymous.*\n.*GET \/careless\/door/);
  });
});

test('a route without a rule stops the start', async () => {
  @Controller('forgotten')
  class ForgottenController {
    @Get('door')
    door(): string {
      return 'open';
    }
  }
  await expect(startIdentityApp([ForgottenController])).rejects.toThrow(/GET \/forgotten\/door \(ForgottenController\.door\)/);
});

describe('pages that administrators act on and others read', () => {
  const basic = (user: string, password: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  });

  test('ask the browser for a password', async () => {
    const answer = await api.send('GET /board');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="Takt"/);
  });

  test('let administrators act, by password, token and key', async () => {
    const { access } = await api.login('admin', 'admin123');
    expect((await api.send('GET /board/static/app.js', { headers: basic('admin', 'admin123') })).body).toBe('board');
    expect((await api.send('GET /board', { token: access })).status).toBe(200);
    expect((await api.send('GET /board', { token: await keyWith(['Admin']) })).status).toBe(200);
  });

  test('are to read for those who may read the state of the system', async () => {
    const { access } = await api.login('viewer', 'view123');
    expect((await api.send('GET /board', { token: access })).body).toBe('board to read');
    expect((await api.send('GET /board', { headers: basic('viewer', 'view123') })).body).toBe('board to read');
    expect((await api.send('GET /board', { token: await keyWith(['SystemRead']) })).body).toBe('board to read');
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect((await api.send(`${method} /board`, { token: access })).status, method).toBe(403);
  });

  test('keep everybody else out', async () => {
    expect((await api.send('GET /board', { token: await keyWith(['TaskRead', 'TaskWrite']) })).status).toBe(403);
    expect((await api.send('GET /board', { headers: basic('admin', 'wrong') })).status).toBe(401);
    expect((await api.send('GET /board', { headers: { authorization: 'Basic eA==' } })).status).toBe(401);
    expect((await api.send('GET /board', { token: 'nonsense' })).status).toBe(401);
  });

  test('forget a password that was changed', async () => {
    const admin = await api.stores.users.findByUsername('admin');
    if (admin === null) throw new Error('no admin');
    expect((await api.send('GET /board', { headers: basic('admin', 'admin123') })).status).toBe(200);
    await api.stores.users.setPassword(admin.id, { passwordHash: await new PasswordHasher({ memoryKib: 64, passes: 1 }).hash('another one'), keepSessionId: null });
    expect((await api.send('GET /board', { headers: basic('admin', 'admin123') })).status).toBe(401);
    await api.stores.users.setPassword(admin.id, { passwordHash: admin.passwordHash, keepSessionId: null });
    expect((await api.send('GET /board', { headers: basic('admin', 'admin123') })).status).toBe(200);
  });

  test('refuse writes that another site makes with the browser of an administrator', async () => {
    const headers = basic('admin', 'admin123');
    expect((await api.send('POST /board/api/clean', { headers: { ...headers, origin: 'https://evil.example' } })).status).toBe(403);
    expect((await api.send('POST /board/api/clean', { headers: { ...headers, 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await api.send('POST /board/api/clean', { headers })).status).toBe(200);
  });
});
