/** Document 001 through the UI's port: the eleven routes, the session in cookies, and what must not get through. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { freePort, startProduct, type Product } from '../e2e/product.js';
import { cookieOf, ProxyClient } from './proxy.js';
import { sendUnfinished } from './unfinished-request.js';

let product: Product;
let url: string;
let proxy: ProxyClient;
let direct: NativeClient;

beforeAll(async () => {
  const port = await freePort();
  product = await startProduct({ env: { ADMIN_ENABLED: 'true', ADMIN_PORT: String(port) } });
  url = `http://127.0.0.1:${String(port)}`;
  proxy = new ProxyClient(url);
  await proxy.logIn('admin');
  direct = await NativeClient.logIn(product.url);
});
afterAll(async () => {
  await product.remove();
});

const MIB = 1_048_576;

/** Looks good for ten minutes, and is not signed by the API. */
function forgedToken(): string {
  return `x.${Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1_000) + 600 })).toString('base64url')}.x`;
}

const JOB = { name: 'through the UI', taskFunctionId: 7, jobTypeId: 1, scheduleConfig: { hours: 6, minutes: 0, seconds: 0 }, taskArgs: { command: 'echo hello' } };

describe('the eleven routes', () => {
  it.each(['/status', '/task-functions?per_page=3', '/job-types'])('GET %s gives what the API gives', async (path) => {
    const answer = await proxy.call('GET', path);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json as object)).toEqual(Object.keys(await direct.call<object>('GET', path)));
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w.-]+$/);
  });

  it('carries a job from its creation to its deletion', async () => {
    const created = await proxy.call('POST', '/jobs', JOB);
    expect(created.status).toBe(201);
    const { id } = created.json as { id: string };
    const listed = await proxy.call('GET', '/jobs?name=through&per_page=5');
    expect(listed.json).toMatchObject({ total: 1, jobs: [{ id }] });
    expect([...listed.headers.keys()].filter((name) => name.startsWith('x-')).length).toBeGreaterThan(1);
    expect((await proxy.call('GET', `/jobs/${id}`)).json).toMatchObject({ id, name: JOB.name });
    expect((await proxy.call('PUT', `/jobs/${id}`, { description: 'changed' })).json).toMatchObject({ description: 'changed' });
    expect((await proxy.call('PUT', `/jobs/${id}/status`, { isEnabled: true })).json).toMatchObject({ isEnabled: true });
    const triggered = await proxy.call('POST', `/jobs/${id}/trigger`);
    expect(triggered.status).toBe(200);
    expect(triggered.json).toMatchObject({ jobId: id, message: 'Job triggered successfully' });
    expect((await proxy.call('GET', `/executions?job_id=${id}`)).json).toMatchObject({ total: 1, executions: [{ jobId: id }] });
    const deleted = await proxy.call('DELETE', `/jobs/${id}`);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    const gone = await proxy.call('GET', `/jobs/${id}`);
    expect(gone.status).toBe(404);
    expect(gone.json).toHaveProperty('detail');
  });

  it('passes violations on as they are', async () => {
    const refused = await proxy.call('POST', '/jobs', { ...JOB, scheduleConfig: { hours: 'x' } });
    expect(refused.status).toBe(422);
    expect((refused.json as { detail: { loc: string[] }[] }).detail[0]?.loc).toEqual(['body', 'scheduleConfig', 'hours']);
  });

  it('does not let a parameter lead out of its route', async () => {
    for (const id of ['..%2Fstatus', '%252e%252e', 'a%2Fb']) expect((await proxy.call('GET', `/jobs/${id}`)).status, id).toBeGreaterThanOrEqual(400);
    expect((await proxy.call('GET', '/nonsense')).json).toEqual({ detail: 'Not found' });
  });
});

describe('the session', () => {
  it('is in httpOnly cookies, and no token is in an answer', async () => {
    const response = await fetch(`${url}/api/session/login`, { method: 'POST', headers: { origin: url, 'content-type': 'application/json' }, body: JSON.stringify({ username: 'viewer', password: 'view123' }) });
    expect([response.status, await response.text()]).toEqual([204, '']);
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((line) => line.split('=')[0]).sort()).toEqual(['takt_access', 'takt_refresh']);
    for (const line of cookies) expect(line).toMatch(/HttpOnly; SameSite=lax$/i);
  });

  it('is not called Secure because a client says https: only a proxy of ours is believed', async () => {
    const response = await fetch(`${url}/api/session/login`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
      body: JSON.stringify({ username: 'viewer', password: 'view123' }),
    });
    expect(response.status).toBe(204);
    for (const line of response.headers.getSetCookie()) expect(line).not.toContain('Secure');
  });

  it('is refused with the wrong password, in words', async () => {
    const answer = await new ProxyClient(url).send('POST', '/api/session/login', { body: { username: 'viewer', password: 'wrong' } });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
    expect(answer.json).toHaveProperty('detail');
  });

  it.each([
    ['PUT', '/api/setting/scheduler/jobs', 'GET, HEAD, POST'],
    ['POST', '/api/setting/scheduler/stream', 'GET, HEAD'],
    ['GET', '/api/session/login', 'POST'],
  ])('refuses %s %s, and says what there is', async (method, path, allow) => {
    const answer = await proxy.send(method, path, method === 'GET' ? {} : { body: {} });
    expect([answer.status, answer.headers.get('allow'), answer.json]).toEqual([405, allow, { detail: 'Method not allowed' }]);
  });

  it('says who is logged in, and 401 when nobody is', async () => {
    expect((await proxy.send('GET', '/api/session/current')).json).toMatchObject({ user: { username: 'admin', permissions: expect.arrayContaining(['Admin']) as unknown } });
    expect((await new ProxyClient(url).send('GET', '/api/session/current')).status).toBe(401);
    expect((await new ProxyClient(url).call('GET', '/jobs')).json).toEqual({ detail: 'Not logged in' });
  });

  it.each([
    ['cannot be read', 'spoilt'],
    ['the API refuses', forgedToken()],
  ])('is renewed silently, once for all requests that need it, when its token is one that %s', async (_, token) => {
    const client = new ProxyClient(url);
    await client.logIn('viewer');
    const before = client.cookies.get('takt_refresh') ?? '';
    const cookies = { cookie: `takt_access=${token}; takt_refresh=${before}` };
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.send('GET', '/api/setting/scheduler/status', { headers: cookies })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    // One that the browser sent before it had the new cookies.
    expect((await client.send('GET', '/api/setting/scheduler/status', { headers: cookies })).status).toBe(200);
    expect(client.cookies.get('takt_refresh')).not.toBe(before);
    expect((await client.call('GET', '/status')).status).toBe(200);
  });

  it('ends at once with the logout', async () => {
    const client = new ProxyClient(url);
    await client.logIn('viewer');
    const kept = new Map(client.cookies);
    expect((await client.send('POST', '/api/session/logout')).status).toBe(204);
    expect(client.cookies.size).toBe(0);
    for (const [name, value] of kept) client.setCookie(name, value);
    expect((await client.call('GET', '/status')).status).toBe(401);
  });

  it('ends with the logout although its token had run out', async () => {
    const client = new ProxyClient(url);
    await client.logIn('viewer');
    client.setCookie('takt_access', 'spoilt');
    const refresh = client.cookies.get('takt_refresh') ?? '';
    expect((await client.send('POST', '/api/session/logout')).status).toBe(204);
    expect(client.cookies.size).toBe(0);
    client.setCookie('takt_refresh', refresh);
    expect((await client.call('GET', '/status')).status).toBe(401);
  });

  it.each([{ origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'cross-site' }])('refuses writes of another site: %j', async (headers) => {
    const answer = await proxy.send('POST', '/api/setting/scheduler/jobs', { body: JOB, headers });
    expect(answer.status).toBe(403);
    expect(await direct.call('GET', '/jobs?name=through')).toMatchObject({ total: 0 });
  });

  it('does not give a viewer more than the API does', async () => {
    const viewer = new ProxyClient(url);
    await viewer.logIn('viewer');
    expect((await viewer.call('POST', '/jobs', JOB)).status).toBe(403);
  });
});

describe('the body of a request', () => {
  const JOBS = '/api/setting/scheduler/jobs';

  it.each([
    ['POST', JOBS],
    ['PUT', '/admin/queues/api/queues/default/pause'],
  ])('is not waited for when nobody is logged in: %s %s', async (method, path) => {
    expect(await sendUnfinished(url, method, path, { headers: { origin: url }, bytes: 2 * MIB })).toBe(401);
  });

  it.each(['x', 'x.e30.x'])('is not waited for when the token says no expiry: %s', async (token) => {
    expect(await sendUnfinished(url, 'POST', JOBS, { headers: { origin: url, cookie: `takt_access=${token}` }, bytes: 2 * MIB })).toBe(401);
  });

  it('is not waited for when another site sends it', async () => {
    const headers = { origin: 'https://elsewhere.example', cookie: cookieOf(proxy) };
    expect(await sendUnfinished(url, 'POST', JOBS, { headers, bytes: 2 * MIB })).toBe(403);
  });

  it('is refused as soon as it is too long', async () => {
    const headers = { origin: url, cookie: cookieOf(proxy) };
    expect(await sendUnfinished(url, 'POST', JOBS, { headers, bytes: 2 * MIB })).toBe(413);
    expect(await sendUnfinished(url, 'POST', '/api/session/login', { headers: { origin: url }, bytes: 20_000 })).toBe(413);
  });

  it('is refused at once when it says that it is too long', async () => {
    const headers = { origin: url, cookie: cookieOf(proxy), 'content-length': '60000000' };
    expect(await sendUnfinished(url, 'POST', JOBS, { headers, bytes: 0 })).toBe(413);
    expect(await sendUnfinished(url, 'POST', '/api/session/login', { headers: { origin: url, 'content-length': '20000' }, bytes: 0 })).toBe(413);
  });

  it('is taken by no page', async () => {
    expect(await sendUnfinished(url, 'POST', '/login', { headers: { origin: url }, bytes: 20_000 })).toBe(405);
    expect((await proxy.send('POST', '/jobs', { body: {} })).status).toBe(405);
  });
});

describe('a page whose address begins like what is no page', () => {
  it.each(['/docsx', '/admin/queuesx', '/iconx', '/api'])('is guarded like every page: %s', async (path) => {
    const stranger = await new ProxyClient(url).send('GET', path);
    expect([stranger.status, new URL(stranger.headers.get('location') ?? '', url).search]).toEqual([307, `?next=${encodeURIComponent(path)}`]);
    const page = await proxy.send('GET', path);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'nonce-");
    expect([page.status, page.headers.get('x-frame-options')]).toEqual([404, 'DENY']);
  });

  it.each(['/icon.svg', '/favicon.ico'])('does not keep the icon from the login: %s', async (path) => {
    const icon = await new ProxyClient(url).send('GET', path);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });
});

describe('the API documentation', () => {
  it('is at the address of the UI, under its login, and offers no requests that would not arrive', async () => {
    const index = await proxy.send('GET', '/docs');
    expect([index.status, index.text]).toEqual([200, expect.stringContaining('Takt API documentation')]);
    const page = await proxy.send('GET', '/docs/scheduler');
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("frame-ancestors 'none'")]);
    expect((await proxy.send('GET', '/docs/scheduler/openapi.json')).json).toMatchObject({ openapi: '3.1.0' });
    const settings = await proxy.send('GET', '/docs/scheduler/swagger-ui-init.js');
    expect(settings.text).toContain('"supportedSubmitMethods": []');
    const stranger = await new ProxyClient(url).send('GET', '/docs');
    expect([stranger.status, stranger.headers.get('location')]).toEqual([307, '/login?next=%2Fdocs']);
  });
});

describe('Bull Board', () => {
  it('stands behind the same login', async () => {
    const page = await proxy.send('GET', '/admin/queues');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Takt');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    const queues = await proxy.send('GET', '/admin/queues/api/queues');
    expect(queues.json).toHaveProperty('queues');
    const stranger = await new ProxyClient(url).send('GET', '/admin/queues/queue/default?status=failed');
    expect([stranger.status, stranger.headers.get('location')]).toEqual([307, '/login?next=%2Fadmin%2Fqueues%2Fqueue%2Fdefault%3Fstatus%3Dfailed']);
  });

  it.each([
    ['empty', '/api/queues'],
    ['script', '/static/js/main.js'],
    ['style', '/static/css/main.css'],
    ['iframe', ''],
  ])('does not answer the %s of a page with the login', async (destination, path) => {
    const answer = await new ProxyClient(url).send('GET', `/admin/queues${path}`, { headers: { 'sec-fetch-dest': destination } });
    expect([answer.status, answer.json]).toEqual([401, { detail: 'Not logged in' }]);
  });
});

describe('an API that is away', () => {
  let admin: Product | null = null;
  let server: Server | null = null;
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await admin?.remove();
  });

  it('is told as 502, one that does not answer as 504', async () => {
    const [port, away] = [await freePort(), await freePort()];
    admin = await startProduct({ env: { ADMIN_ENABLED: 'true', ADMIN_PORT: String(port), TAKT_API_URL: `http://127.0.0.1:${String(away)}`, WORKERS: '0' } });
    const client = new ProxyClient(`http://127.0.0.1:${String(port)}`);
    client.setCookie('takt_access', forgedToken());
    const refused = await client.call('GET', '/jobs');
    expect([refused.status, refused.json]).toEqual([502, { detail: 'The API cannot be reached' }]);
    server = createServer(() => undefined).listen(away, '127.0.0.1');
    expect((server.address() as AddressInfo | null)?.port ?? away).toBe(away);
    const late = await client.call('GET', '/jobs');
    expect([late.status, late.json]).toEqual([504, { detail: 'The API did not answer within 10 s' }]);
  });
});
