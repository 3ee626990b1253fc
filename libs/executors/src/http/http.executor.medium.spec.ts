import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { aRunContext, type TestContext } from '../testing/a-run-context.js';
import { waitUntil } from '../testing/wait-until.js';
import { HttpExecutor, type HttpExecutorOptions } from './http.executor.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const BOMB = gzipSync(Buffer.alloc(300 * 1024 * 1024));

describe('HttpExecutor', () => {
  const servers: Server[] = [];
  const executors: HttpExecutor[] = [];
  let connections = 0;

  afterEach(async () => {
    await Promise.all(executors.splice(0).map(async (executor) => executor.close()));
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  beforeEach(() => {
    connections = 0;
  });

  const serve = async (answer: Answer, host = '127.0.0.1'): Promise<string> => {
    const server = createServer(answer).on('connection', () => (connections += 1));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return `http://${host}:${String((server.address() as AddressInfo).port)}`;
  };

  const anExecutor = (options: Partial<HttpExecutorOptions> = {}): HttpExecutor => {
    const executor = new HttpExecutor({ egress: { mode: 'allow-all' }, version: '1.2.3', ...options });
    executors.push(executor);
    return executor;
  };

  const run = async (args: JsonObject, executor = anExecutor(), context: TestContext = aRunContext({ taskFunction: 'http', args })): Promise<AttemptOutcome> =>
    executor.run(context);

  const bodyOf = async (request: IncomingMessage): Promise<string> => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    return text;
  };

  it('sends method, headers and body, and returns status, some headers and the body', async () => {
    let seen: { method?: string | undefined; headers?: IncomingMessage['headers']; body?: string } = {};
    const url = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        seen = { method: request.method, headers: request.headers, body };
        response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': 'secret=1', etag: '"x"' }).end('{"ok":true}');
      });
    });
    const context = aRunContext({ args: { url: `${url}/a?token=s3cret`, method: 'post', headers: { 'X-Own': 'yes' }, body: '{"message": "hi"}' } });
    const outcome = await anExecutor().run(context);
    expect(outcome).toEqual({
      kind: 'succeeded',
      result: {
        status: 201,
        headers: { 'content-type': 'application/json', etag: '"x"', date: expect.any(String) as unknown },
        body: '{"ok":true}',
        truncated: false,
        durationMs: expect.any(Number) as unknown,
      },
    });
    expect(seen).toMatchObject({
      method: 'POST',
      body: '{"message": "hi"}',
      headers: { 'x-own': 'yes', 'idempotency-key': context.fireKey, 'user-agent': 'Takt/1.2.3' },
    });
    expect(context.log.text('system')).toBe(`POST ${url}/a → 201\n`);
  });

  it('lets a job give its own user agent and key, and sends objects as JSON', async () => {
    const url = await serve((request, response) => {
      void bodyOf(request).then((body) => response.end(JSON.stringify([request.headers['user-agent'], request.headers['idempotency-key'], request.headers['content-type'], body])));
    });
    const outcome = await run({ url, method: 'PUT', headers: { 'User-Agent': 'me', 'Idempotency-Key': 'mine' }, body: { a: [1] } });
    expect(JSON.parse((outcome.result as { body: string }).body)).toEqual(['me', 'mine', 'application/json', '{"a":[1]}']);
  });

  it.each([
    [204, 'succeeded', undefined],
    [304, 'succeeded', undefined],
    [400, 'failed', false],
    [404, 'failed', false],
    [408, 'failed', true],
    [429, 'failed', true],
    [500, 'failed', true],
    [503, 'failed', true],
  ] as const)('takes %i as %s', async (status, kind, retryable) => {
    const url = await serve((_, response) => response.writeHead(status).end());
    const outcome = await run({ url });
    expect(outcome).toMatchObject({ kind, result: { status } });
    if (outcome.kind === 'failed') expect(outcome).toMatchObject({ error: `HTTP ${String(status)}`, retryable });
  });

  it('follows redirects, drops credentials for another origin, and logs each hop', async () => {
    const other = await serve((request, response) => response.end(JSON.stringify(request.headers)), '127.0.0.2');
    const url = await serve((request, response) => {
      if (request.url === '/1') response.writeHead(302, { location: '/2' }).end('moved');
      else response.writeHead(307, { location: `${other}/end` }).end();
    });
    const context = aRunContext({ args: { url: `${url}/1`, headers: { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k', Accept: 'text/csv' } } });
    const outcome = await anExecutor().run(context);
    const headers = JSON.parse((outcome.result as { body: string }).body) as Record<string, string>;
    expect(headers).toMatchObject({ accept: 'text/csv' });
    for (const name of ['authorization', 'cookie', 'x-api-key']) expect(headers).not.toHaveProperty(name);
    expect(context.log.text('system').split('\n').map((line) => line.slice(-3)).filter(Boolean)).toEqual(['302', '307', '200']);
  });

  it('follows five redirects and no more', async () => {
    const url = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${String(left - 1)}` }).end();
    });
    expect(await run({ url: `${url}/5` })).toMatchObject({ kind: 'succeeded', result: { body: 'there' } });
    expect(await run({ url: `${url}/6` })).toEqual({ kind: 'failed', error: 'more than 5 redirects', retryable: false });
  });

  it.each([[301, 'PUT'], [302, 'DELETE'], [302, 'PATCH'], [307, 'POST'], [308, 'POST']] as const)('asks again with method and body after %i to a %s', async (status, method) => {
    const url = await serve((request, response) => {
      if (request.url === '/') response.writeHead(status, { location: '/there' }).end();
      else void bodyOf(request).then((body) => response.end(`${String(request.method)} ${body}`));
    });
    expect(await run({ url, method, body: 'hello' })).toMatchObject({ kind: 'succeeded', result: { body: `${method} hello` } });
  });

  it('says that a redirect cannot be read, not that anything was blocked', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: 'http://[' }).end());
    expect(await run({ url })).toEqual({ kind: 'failed', error: 'HTTP 302 redirects to something that is not a URL', retryable: false });
  });

  it.each(['ftp:', 'data:', 'gopher:'])('does not leave the web for %s', async (scheme) => {
    const url = await serve((_, response) => response.writeHead(302, { location: `${scheme}//127.0.0.1/` }).end());
    expect(await run({ url })).toEqual({ kind: 'failed', error: `egress_blocked: redirect to ${scheme} is not http or https`, retryable: false });
  });

  it('asks for a range of the plain bytes', async () => {
    const url = await serve((request, response) => response.end(request.headers['accept-encoding']));
    expect(await run({ url, headers: { Range: 'bytes=0-9' } })).toMatchObject({ result: { body: 'identity' } });
    expect(await run({ url, headers: { Range: 'bytes=0-9', 'Accept-Encoding': 'br' } })).toMatchObject({ result: { body: 'br' } });
  });

  it('leaves redirects alone when told to', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await run({ url, follow_redirects: false })).toMatchObject({ kind: 'succeeded', result: { status: 302, headers: { location: '/elsewhere' } } });
  });

  it.each<[string, JsonObject]>([
    ['url: is required', {}],
    ['url: is not a URL', { url: 'not a url' }],
    ['url: must be http or https, not file:', { url: 'file:///etc/passwd' }],
    ['url: must be http or https, not ftp:', { url: 'ftp://127.0.0.1/' }],
    ['url: must be http or https, not gopher:', { url: 'gopher://127.0.0.1/' }],
    ['url: must be http or https, not data:', { url: 'data:text/plain,x' }],
    ['method: must be one of', { url: 'http://a.example', method: 'CONNECT' }],
    ['headers.X-A: must not contain line breaks', { url: 'http://a.example', headers: { 'X-A': 'a\r\nHost: b' } }],
    ['headers.X-A: must not contain line breaks', { url: 'http://a.example', headers: { 'X-A': 'a\0' } }],
    ['headers.X A: is not a header name', { url: 'http://a.example', headers: { 'X A': '1' } }],
    ['headers.Host: is set by the connection', { url: 'http://a.example', headers: { Host: 'b' } }],
    ['headers.Transfer-Encoding: is set by the connection', { url: 'http://a.example', headers: { 'Transfer-Encoding': 'chunked' } }],
    ['headers.X-A: expected a string', { url: 'http://a.example', headers: { 'X-A': 1 } }],
    ['timeout_ms: must be at least 1', { url: 'http://a.example', timeout_ms: 0 }],
    ['timeout_ms: expected a whole number', { url: 'http://a.example', timeout_ms: '5' }],
    ['follow_redirects: expected true or false', { url: 'http://a.example', follow_redirects: 'yes' }],
    ['timeout_ms and timeoutMs are the same parameter', { url: 'http://a.example', timeout_ms: 5, timeoutMs: 6 }],
  ])('refuses for good: %s', async (message, args) => {
    const outcome = await run(args);
    expect(outcome).toMatchObject({ kind: 'failed', retryable: false });
    expect(outcome.kind === 'failed' ? outcome.error : '').toContain(message);
  });

  describe('limits', () => {
    it('keeps 1 MiB of a long response', async () => {
      const url = await serve((_, response) => response.end('x'.repeat(3 * 1024 * 1024)));
      const result = (await run({ url })).result as { body: string; truncated: boolean };
      expect([result.body.length, result.truncated]).toEqual([1024 * 1024, true]);
    });

    it('stops reading an endless response', async () => {
      const url = await serve((_, response) => {
        const chunk = 'y'.repeat(64 * 1024);
        const write = (): void => {
          while (response.write(chunk));
          response.once('drain', write);
        };
        write();
      });
      expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { truncated: true } });
    });

    it('counts a gzip bomb after decompression', async () => {
      const url = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB));
      const before = process.memoryUsage().rss;
      expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { truncated: true } });
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    });

    it('decompresses what it asked for and fails on what is broken', async () => {
      const url = await serve((request, response) => {
        if (request.url === '/br') response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('grün'));
        else response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
      });
      expect(await run({ url: `${url}/br` })).toMatchObject({ kind: 'succeeded', result: { body: 'grün' } });
      expect(await run({ url: `${url}/broken` })).toMatchObject({ kind: 'failed', retryable: true });
    });

    it('refuses headers beyond 16 KiB', async () => {
      const url = await serve((_, response) => response.writeHead(200, { 'x-big': 'x'.repeat(20_000) }).end());
      expect(await run({ url })).toMatchObject({ kind: 'failed' });
    });

    it('times out when nothing or only half is answered', async () => {
      const url = await serve((request, response) => {
        if (request.url === '/half') response.write('half');
      });
      expect(await run({ url, timeout_ms: 100 })).toEqual({ kind: 'timed-out', error: 'timed out after 100 ms' });
      expect(await run({ url: `${url}/half`, timeout_ms: 100 })).toEqual({ kind: 'timed-out', error: 'timed out after 100 ms' });
      const context = aRunContext({ args: { url, timeout_ms: 60_000 }, timeoutMs: 120 });
      expect(await run({}, anExecutor(), context)).toEqual({ kind: 'timed-out', error: 'timed out after 120 ms' });
    });

    it('ends at once when it is cancelled', async () => {
      const url = await serve(() => undefined);
      const context = aRunContext({ args: { url } });
      const ended = anExecutor().run(context);
      await waitUntil(() => connections === 1);
      context.stop('cancelled', 'cancelled by alice');
      expect(await ended).toEqual({ kind: 'cancelled', error: 'cancelled by alice' });
    });

    it('says what the connection failed with, and may try again', async () => {
      const url = await serve((_, response) => response.end());
      const server = servers.pop();
      await new Promise((resolve) => server?.close(resolve));
      expect(await run({ url })).toMatchObject({ kind: 'failed', error: expect.stringContaining('ECONNREFUSED') as unknown, retryable: true });
    });
  });

  it.each(['127.0.0.1', 'takt.test'])('sends no packet to the platform’s own port, in whatever mode: %s', async (host) => {
    const url = new URL(await serve((_, response) => response.end('reached')));
    const egress = { ownPorts: [Number(url.port)], allowedRanges: ['127.0.0.1/32'] };
    const resolve = async (): Promise<{ address: string; family: number }[]> => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    url.hostname = host;
    for (const mode of ['allow-all', 'deny-private'] as const) {
      const outcome = await run({ url: url.href }, anExecutor({ egress: { ...egress, mode }, resolve }));
      expect(outcome).toMatchObject({ kind: 'failed', retryable: false, error: expect.stringContaining(`port ${url.port} of 127.0.0.1 belongs to the platform`) as unknown });
    }
    expect(connections).toBe(0);
  });

  describe('with deny-private', () => {
    const deny = { mode: 'deny-private' } as const;

    it.each([
      '127.0.0.1', '127.1', '0x7f.1', '0177.1', '2130706433', '0', '１２７.０.０.１', '127.0.0.1.', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[64:ff9b::7f00:1]',
      'localhost', 'LOCALHOST', 'localhost.', '169.254.169.254', '10.0.0.1', 'metadata.google.internal', 'user:pass@127.0.0.1',
    ])('sends no packet to %s', async (host) => {
      const canary = await serve((_, response) => response.end('reached'));
      const url = `http://${host}:${new URL(canary).port}/`;
      const outcome = await run({ url }, anExecutor({ egress: deny }));
      expect(outcome).toMatchObject({ kind: 'failed', retryable: false, error: expect.stringMatching(/^egress_blocked: /) as unknown });
      expect(connections).toBe(0);
    });

    it('refuses a name when any of its addresses is private', async () => {
      const url = new URL(await serve((_, response) => response.end('reached')));
      url.hostname = 'public.test';
      const resolve = async (): Promise<{ address: string; family: number }[]> =>
        Promise.resolve([{ address: '93.184.216.34', family: 4 }, { address: '127.0.0.1', family: 4 }]);
      const outcome = await run({ url: url.href }, anExecutor({ egress: deny, resolve }));
      expect(outcome).toMatchObject({ error: 'egress_blocked: public.test: 127.0.0.1 is loopback' });
      expect(connections).toBe(0);
    });

    it('connects to the very address it has checked: a name that changes its mind gets nowhere', async () => {
      const url = new URL(await serve((_, response) => response.writeHead(200, { connection: 'close' }).end('one')));
      url.hostname = 'rebinding.test';
      const answers = ['127.0.0.1', '127.0.0.2'];
      const asked: string[] = [];
      const resolve = async (name: string): Promise<{ address: string; family: number }[]> => {
        asked.push(name);
        return Promise.resolve([{ address: answers.shift() ?? '127.0.0.2', family: 4 }]);
      };
      const executor = anExecutor({ egress: { ...deny, allowedRanges: ['127.0.0.1'] }, resolve });
      expect(await run({ url: url.href }, executor)).toMatchObject({ kind: 'succeeded', result: { body: 'one' } });
      expect(asked).toEqual(['rebinding.test']);
      expect(await run({ url: url.href }, executor)).toMatchObject({ error: expect.stringContaining('egress_blocked: rebinding.test') as unknown });
      expect(connections).toBe(1);
    });

    it.each(['http://127.0.0.2:$PORT/', 'http://[::1]:$PORT/', 'file:///etc/passwd', 'http://2130706434:$PORT/'])('judges a redirect to %s', async (location) => {
      const canary = await serve((_, response) => response.end('reached'), '127.0.0.2');
      const reached = (): number => connections;
      const url = await serve((_, response) => response.writeHead(302, { location: location.replace('$PORT', new URL(canary).port) }).end());
      const outcome = await run({ url }, anExecutor({ egress: { ...deny, allowedRanges: ['127.0.0.1'] } }));
      expect(outcome).toMatchObject({ kind: 'failed', retryable: false, error: expect.stringMatching(/^egress_blocked: /) as unknown });
      expect(reached()).toBe(1);
    });

    it('takes no notice of proxy variables', async () => {
      const proxy = await serve((_, response) => response.end('proxied'));
      process.env['http_proxy'] = proxy;
      try {
        const outcome = await run({ url: 'http://10.255.255.1:8080/' }, anExecutor({ egress: deny }));
        expect(outcome).toMatchObject({ error: expect.stringContaining('egress_blocked') as unknown });
        expect(connections).toBe(0);
      } finally {
        delete process.env['http_proxy'];
      }
    });
  });
});
