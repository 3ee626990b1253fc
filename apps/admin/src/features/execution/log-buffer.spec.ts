import { expect, it } from 'vitest';
import type { LogEntry } from '@/api/types';
import { LogBuffer } from './log-buffer';

const chunk = (seq: number, message: string, more: Partial<LogEntry> = {}): LogEntry => ({ seq, attempt: 1, timestamp: `t${String(seq)}`, stream: 'stdout', message, ...more });
const texts = (buffer: LogBuffer) => buffer.lines.map(({ text }) => text);

it('cuts chunks into lines and joins what belongs together', () => {
  const buffer = new LogBuffer();
  buffer.add([chunk(1, 'one\ntw'), chunk(2, 'o\n\nthree'), chunk(3, '\n')]);
  expect(texts(buffer)).toEqual(['one', 'two', '', 'three']);
  expect(buffer.lines.map(({ number, at }) => [number, at])).toEqual([[1, 't1'], [2, 't1'], [3, 't2'], [4, 't2']]);
});

it('keeps the streams and the attempts apart', () => {
  const buffer = new LogBuffer();
  buffer.add([chunk(1, 'out '), chunk(2, 'err\n', { stream: 'stderr' }), chunk(3, 'put\n'), chunk(4, 'again', { attempt: 2 }), chunk(5, '!', { attempt: 2 })]);
  expect(buffer.lines.map(({ text, stream, attempt }) => [text, stream, attempt])).toEqual([
    ['out put', 'stdout', 1],
    ['err', 'stderr', 1],
    ['again!', 'stdout', 2],
  ]);
});

it('takes each chunk once, and tells when there is something new', () => {
  const buffer = new LogBuffer();
  let told = 0;
  const stop = buffer.subscribe(() => { told += 1; });
  buffer.add([chunk(1, 'a\n'), chunk(2, 'b\n')]);
  buffer.add([chunk(2, 'b\n')]);
  expect([texts(buffer), buffer.lastSeq, buffer.version, told]).toEqual([['a', 'b'], 2, 1, 1]);
  stop();
  buffer.add([chunk(3, 'c')]);
  expect(told).toBe(1);
});

it('shows of a progress bar what stands at its end', () => {
  const buffer = new LogBuffer();
  buffer.add([chunk(1, '10 %\r20 %\r'), chunk(2, '100 %\r\n'), chunk(3, 'done\r\n'), chunk(4, '5 %\r')]);
  expect(texts(buffer)).toEqual(['100 %', 'done', '5 %\r']);
});

it('grows at its beginning too, and numbers its lines once it has all before them', () => {
  const chunks = [chunk(1, 'one\ntw'), chunk(2, 'o\nth'), chunk(3, 'ree\nfour\n'), chunk(4, 'five')];
  const buffer = new LogBuffer();
  buffer.add(chunks.slice(2));
  expect([texts(buffer), buffer.hasEarlier, buffer.firstSeq, buffer.lastSeq]).toEqual([['ree', 'four', 'five'], true, 3, 4]);
  expect(buffer.lines.map(({ number }) => number)).toEqual([null, null, null]);
  const keys = buffer.lines.map(({ key }) => key);
  buffer.addBefore(chunks.slice(1, 3));
  expect(texts(buffer)).toEqual(['o', 'three', 'four', 'five']);
  buffer.addBefore(chunks.slice(0, 1));
  buffer.add([chunk(5, ' and six\n')]);
  expect([texts(buffer), buffer.hasEarlier]).toEqual([['one', 'two', 'three', 'four', 'five and six'], false]);
  expect(buffer.lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  expect(buffer.lines.slice(-2).map(({ key }) => key)).toEqual(keys.slice(-2));
});
