/** Answers that no well-behaved server library would send: a listener writes their very bytes. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { aRunContext } from '../testing/a-run-context.js';
import { waitUntil } from '../testing/wait-until.js';
import { HttpExecutor } from './http.executor.js';
import { KEPT_BYTES, READ_BYTES } from './response-body.js';

const MIB = 1024 * 1024;

describe('HttpExecutor and odd answers', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const executors: HttpExecutor[] = [];

  afterEach(async () => {
    await Promise.all(executors.splice(0).map(async (executor) => executor.close()));
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  /** Listens, and says these bytes to whoever sent anything. The connection stays open. */
  const answering = async (head: readonly string[], body: Buffer | string = ''): Promise<string> => {
    const answer = Buffer.concat([Buffer.from(`HTTP/1.1 ${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      socket.once('data', () => socket.write(answer));
      socket.resume();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  };

  const run = async (args: JsonObject): Promise<AttemptOutcome> => {
    const executor = new HttpExecutor({ egress: { mode: 'allow-all' }, version: '1.2.3' });
    executors.push(executor);
    return executor.run(aRunContext({ taskFunction: 'http', args }));
  };

  /** A whole body of a known length. */
  const sized = (body: Buffer, ...headers: readonly string[]): [string[], Buffer] => [['200 OK', `Content-Length: ${String(body.length)}`, ...headers], body];

  describe('without a body', () => {
    const ENCODINGS = ['gzip', 'br', 'deflate', 'zstd', 'gzip, br'] as const;

    it.each(ENCODINGS.flatMap((encoding) => [204, 304].map((status) => [status, encoding] as const)))('takes %i in %s as it is', async (status, encoding) => {
      const url = await answering([`${String(status)} Whatever`, `Content-Encoding: ${encoding}`]);
      expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { status, body: '', truncated: false, headers: { 'content-encoding': encoding } } });
    });

    it.each(ENCODINGS)('takes an empty 200 in %s as it is, measured or in chunks', async (encoding) => {
      const measured = await answering(['200 OK', 'Content-Length: 0', `Content-Encoding: ${encoding}`]);
      const chunked = await answering(['200 OK', 'Transfer-Encoding: chunked', `Content-Encoding: ${encoding}`], '0\r\n\r\n');
      for (const url of [measured, chunked]) expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { status: 200, body: '' } });
    });

    it('fails by the status of an empty compressed error', async () => {
      const url = await answering(['503 Unavailable', 'Content-Length: 0', 'Content-Encoding: gzip']);
      expect(await run({ url })).toMatchObject({ kind: 'failed', error: 'HTTP 503', retryable: true });
    });

    it.each([['GET', '304 Not Modified'], ['GET', '204 No Content'], ['HEAD', '200 OK']])('lets the answer to a %s, %s, say how long a body would be', async (method, status) => {
      for (const length of ['1234', '123456789']) {
        const url = await answering([status, `Content-Length: ${length}`, 'Content-Encoding: gzip']);
        expect(await run({ url, method })).toMatchObject({ kind: 'succeeded', result: { body: '', headers: { 'content-length': length } } });
      }
    });
  });

  describe('compressed', () => {
    it.each([
      ['deflate', deflateSync('grün')],
      ['deflate', deflateRawSync('grün')],
      ['Deflate', deflateRawSync('grün', { level: 0 })],
      ['gzip, br', brotliCompressSync(gzipSync('grün'))],
      ['deflate, gzip', gzipSync(deflateRawSync('grün'))],
      ['identity, gzip', gzipSync('grün')],
      ['identity', Buffer.from('grün')],
      ['unheard-of', Buffer.from('grün')],
      ['gzip, unheard-of', Buffer.from('grün')],
      ['constructor', Buffer.from('grün')],
    ])('reads %s', async (encoding, body) => {
      const url = await answering(...sized(body, `Content-Encoding: ${encoding}`));
      expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { body: 'grün' } });
    });

    it('holds a deflate without header to the limit of size', async () => {
      const url = await answering(...sized(deflateRawSync(Buffer.alloc(4 * READ_BYTES, 'x')), 'Content-Encoding: deflate'));
      const outcome = await run({ url });
      expect(outcome).toMatchObject({ kind: 'succeeded', result: { truncated: true } });
      expect((outcome.result as { body: string }).body.length).toBe(KEPT_BYTES);
    });

    it('holds a deflate without header to the limit of time', async () => {
      const url = await answering(['200 OK', 'Content-Length: 1000', 'Content-Encoding: deflate'], deflateRawSync('the beginning').subarray(0, 10));
      expect(await run({ url, timeout_ms: 100 })).toEqual({ kind: 'timed-out', error: 'timed out after 100 ms' });
    });

    it('closes the connection when there are too many encodings', async () => {
      const url = await answering(['200 OK', `Content-Length: ${String(READ_BYTES)}`, 'Content-Encoding: gzip, gzip, gzip, gzip'], 'x');
      expect(await run({ url })).toMatchObject({ kind: 'failed', error: 'the response has too many encodings' });
      await waitUntil(() => sockets.size === 0, { what: 'the end of the connection' });
    });
  });

  describe('at the edges of the protocol', () => {
    it.each(['102 Processing', '103 Early Hints'])('passes over %s', async (interim) => {
      const url = await answering([interim, '', 'HTTP/1.1 200 OK', 'Content-Length: 2'], 'ok');
      expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { status: 200, body: 'ok' } });
    });

    it('passes over trailers', async () => {
      const url = await answering(['200 OK', 'Transfer-Encoding: chunked', 'Trailer: X-Sum'], '2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n');
      expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { body: 'ok' } });
    });

    it('fails when the connection is upgraded unasked', async () => {
      const url = await answering(['101 Switching Protocols', 'Upgrade: websocket', 'Connection: upgrade']);
      expect(await run({ url })).toMatchObject({ kind: 'failed', retryable: true });
    });

    it('takes an offer to upgrade for no more than an offer', async () => {
      const url = await answering(['200 OK', 'Upgrade: h2c', 'Connection: upgrade', 'Content-Length: 2'], 'ok');
      expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { body: 'ok' } });
    });

    it('takes the answer that comes before the body was sent', async () => {
      const url = await answering(['413 Content Too Large', 'Connection: close', 'Content-Length: 2'], 'no');
      expect(await run({ url, method: 'POST', body: 'x'.repeat(MIB) })).toMatchObject({ kind: 'failed', error: 'HTTP 413', retryable: false, result: { body: 'no' } });
    });

    it('keeps to the length that was said, when more comes', async () => {
      const url = await answering(['200 OK', 'Content-Length: 2'], 'ok and more');
      expect(await run({ url })).toMatchObject({ kind: 'succeeded', result: { body: 'ok' } });
    });
  });
});
