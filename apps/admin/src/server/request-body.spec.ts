import { describe, expect, it } from 'vitest';
import { readRequestBody } from './request-body';

const encoder = new TextEncoder();

/** A request whose body is given piece by piece, and how much of it was asked for. */
function requestOf(pieces: Iterable<string | Error, undefined>, { method = 'POST', headers = {} }: { method?: string; headers?: Record<string, string> } = {}) {
  const left = pieces[Symbol.iterator]();
  const taken = { pieces: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull: (controller) => {
        const { done, value } = left.next();
        taken.pieces += 1;
        if (done === true) controller.close();
        else if (value instanceof Error) controller.error(value);
        else controller.enqueue(encoder.encode(value));
      },
      cancel: () => {
        taken.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { request: { method, headers: new Headers(headers), body }, taken };
}

const textOf = (body: ArrayBuffer | null) => (body === null ? null : new TextDecoder().decode(body));

function* endless(): Generator<string, undefined> {
  for (;;) yield 'xxxxx';
}

describe('the body of a request', () => {
  it('is put together from its pieces, up to the limit', async () => {
    expect(textOf(await readRequestBody(requestOf(['{"a":', '1}']).request, 7))).toBe('{"a":1}');
  });

  it('is null when it is empty or the method has none', async () => {
    expect(await readRequestBody(requestOf([]).request, 7)).toBeNull();
    expect(await readRequestBody({ method: 'POST', headers: new Headers(), body: null }, 7)).toBeNull();
    const { request, taken } = requestOf(['x'], { method: 'GET' });
    expect([await readRequestBody(request, 7), taken.pieces]).toEqual([null, 0]);
  });

  it('is refused before its first byte when it says that it is too long', async () => {
    const { request, taken } = requestOf(['12345678'], { headers: { 'content-length': '8' } });
    await expect(readRequestBody(request, 7)).rejects.toMatchObject({ status: 413, message: 'The request body is larger than 7 bytes' });
    expect(taken.pieces).toBe(0);
  });

  it('is refused as soon as it is too long, and the connection left whole for the answer', async () => {
    const { request, taken } = requestOf(endless());
    await expect(readRequestBody(request, 12)).rejects.toMatchObject({ status: 413 });
    expect(taken).toEqual({ pieces: 3, isCancelled: false });
  });

  it('is refused when it breaks off', async () => {
    await expect(readRequestBody(requestOf(['{', new Error('aborted')]).request, 7)).rejects.toMatchObject({ status: 400 });
  });
});
