import { afterEach, expect, it, vi } from 'vitest';
import type { LogEntry } from '@/api/types';
import { loadBefore } from './load-log';
import { LogBuffer } from './log-buffer';

const PAGE = 2;
const chunk = (seq: number): LogEntry => ({ seq, attempt: 1, timestamp: 't', stream: 'stdout', message: `line ${String(seq)}\n` });
const numbers = (buffer: LogBuffer) => buffer.lines.map(({ text }) => Number(text.replace('line ', '')));

/** Answers with the chunks right before `before`. @param onAsked called before each answer, with the number of the request from 1 */
function answerPages(onAsked: (request: number) => void = () => undefined): { asked: number[] } {
  const asked: number[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    const before = Number(new URL(url, 'http://ui.test').searchParams.get('before'));
    asked.push(before);
    onAsked(asked.length);
    const first = Math.max(1, before - PAGE);
    const logs = Array.from({ length: before - first }, (_, at) => chunk(first + at));
    return Promise.resolve(new Response(JSON.stringify({ logs, hasMore: first > 1, totalLines: null })));
  });
  return { asked };
}

function bufferFrom(seq: number): LogBuffer {
  const buffer = new LogBuffer();
  buffer.add([chunk(seq)]);
  return buffer;
}

afterEach(() => { vi.unstubAllGlobals(); });

it('loads one page before what is here', async () => {
  answerPages();
  const buffer = bufferFrom(8);
  expect(await loadBefore('x', buffer, { isAllWanted: false, signal: new AbortController().signal })).toBe(true);
  expect(numbers(buffer)).toEqual([6, 7, 8]);
});

it('puts all pages before what is here at once', async () => {
  const { asked } = answerPages();
  const buffer = bufferFrom(8);
  const { version } = buffer;
  expect(await loadBefore('x', buffer, { isAllWanted: true, signal: new AbortController().signal })).toBe(false);
  expect([asked, numbers(buffer), buffer.version - version]).toEqual([[8, 6, 4, 2], [1, 2, 3, 4, 5, 6, 7, 8], 1]);
});

it('asks no more and adds nothing once it is aborted', async () => {
  const abort = new AbortController();
  const { asked } = answerPages((request) => { if (request === 2) abort.abort(); });
  const buffer = bufferFrom(8);
  await loadBefore('x', buffer, { isAllWanted: true, signal: abort.signal });
  expect([asked, numbers(buffer)]).toEqual([[8, 6], [8]]);
});

it('keeps what came before an error', async () => {
  answerPages((request) => { if (request === 3) throw new Error('no network'); });
  const buffer = bufferFrom(8);
  await expect(loadBefore('x', buffer, { isAllWanted: true, signal: new AbortController().signal })).rejects.toThrow();
  expect(numbers(buffer)).toEqual([4, 5, 6, 7, 8]);
});
