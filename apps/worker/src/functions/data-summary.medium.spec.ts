import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { aRunContext } from '#executors/testing/a-run-context.js';
import { asUnprivileged, createTestingGround, type TestingGround } from './testing-ground.conformance.js';

let ground: TestingGround;
let root: string;
beforeAll(async () => {
  ground = await createTestingGround();
  root = join(ground.folder, 'allowed');
});
afterAll(() => ground.drop());
beforeEach(async () => {
  await ground.clear();
  await mkdir(root);
});

const summarize = (source: string, args: JsonObject = {}, context = {}): Promise<AttemptOutcome> =>
  ground.run('data_summary', {}, { ...context, args: { source, ...args } });

interface Summary {
  rows: number;
  columns: Record<string, unknown>[];
  [member: string]: unknown;
}

function resultOf(outcome: AttemptOutcome): Summary {
  if (outcome.kind !== 'succeeded') throw new Error(`${outcome.kind}: ${outcome.error}`);
  return outcome.result as unknown as Summary;
}

async function summaryOf(name: string, content: string, args: JsonObject = {}): Promise<Summary> {
  return resultOf(await summarize(await ground.file(`allowed/${name}`, content), args));
}

async function errorOf(source: string, args: JsonObject = {}): Promise<string> {
  const outcome = await summarize(source, args);
  expect(outcome).toMatchObject({ kind: 'failed', retryable: false });
  return outcome.kind === 'failed' ? outcome.error : '';
}

const PEOPLE = [
  { name: 'id', type: 'integer', count: 4, nulls: 0, min: 1, max: 4, mean: 2.5, median: 2.5, stddev: Math.sqrt(5 / 3), approximate: false },
  { name: 'city', type: 'text', count: 3, nulls: 1, distinct: 2, top: [{ value: 'Köln', count: 2 }, { value: 'Rome, Italy', count: 1 }], approximate: false },
  { name: 'score', type: 'number', count: 4, nulls: 0, min: -1, max: 10.5, mean: 3.5, median: 2.25, stddev: expect.closeTo(4.916, 3) as number, approximate: false },
  { name: 'active', type: 'boolean', count: 4, nulls: 0, distinct: 2, top: [{ value: 'true', count: 3 }, { value: 'false', count: 1 }], approximate: false },
];
const ROWS = [
  { id: 1, city: 'Köln', score: 10.5, active: true },
  { id: 2, city: 'Köln', score: 2, active: true },
  { id: 3, city: 'Rome, Italy', score: -1, active: false },
  { id: 4, city: null, score: 2.5, active: true },
];
const CSV = 'id,city,score,active\n1,Köln,10.5,true\n2,Köln,2,true\n3,"Rome, Italy",-1,false\n4,,2.5,true\n';

describe('data_summary', () => {
  test.each([
    ['data.csv', CSV],
    ['bom-and-crlf.csv', `\uFEFF${CSV.replaceAll('\n', '\r\n')}`],
    ['semicolons.csv', 'id;city;score;active\n1;Köln;10.5;true\n2;Köln;2;true\n3;Rome, Italy;-1;false\n4;;2.5;true'],
    ['data.tsv', 'id\tcity\tscore\tactive\n1\tKöln\t10.5\ttrue\n2\tKöln\t2\ttrue\n3\tRome, Italy\t-1\tfalse\n4\t\t2.5\ttrue\n'],
    ['data.json', JSON.stringify(ROWS, null, 2)],
    ['data.ndjson', ROWS.map((row) => JSON.stringify(row)).join('\n')],
    ['DATA.JSONL', ROWS.map((row) => JSON.stringify(row)).join('\n')],
  ])('describes %s', async (name, content) => {
    const summary = await summaryOf(name, content);
    expect(summary).toMatchObject({ rows: 4, column_count: 4, columns: PEOPLE, ragged_rows: 0, file_count: 1, bytes: Buffer.byteLength(content) });
    expect(summary['source']).toBe(join(root, name));
  });

  test('takes the format from its argument', async () => {
    expect(await summaryOf('export', CSV, { format: 'csv' })).toMatchObject({ rows: 4 });
    expect(await errorOf(join(root, 'export'))).toMatch(/its name does not tell its format/);
    expect(await errorOf(join(root, 'export'), { format: 'xml' })).toMatch(/format/);
  });

  test('describes a folder as one table', async () => {
    await ground.file('allowed/in/a.csv', 'id,x\n1,a\n2,b\n');
    await ground.file('allowed/in/deep/b.ndjson', '{"id":3,"y":true}\n');
    await ground.file('allowed/in/readme.txt', 'no data');
    await ground.file('allowed/in/.hidden/c.csv', 'id\n9\n');
    await ground.file('outside/d.csv', 'id\n9\n');
    await symlink(join(ground.folder, 'outside'), join(root, 'in/link'));
    const summary = resultOf(await summarize(join(root, 'in')));
    expect(summary).toMatchObject({
      rows: 3,
      file_count: 2,
      files: [{ name: 'a.csv', rows: 2 }, { name: 'deep/b.ndjson', rows: 1 }],
      columns: [{ name: 'id', count: 3, max: 3 }, { name: 'x', nulls: 1 }, { name: 'y', nulls: 2, type: 'boolean' }],
    });
  });

  test('copes with odd tables', async () => {
    expect(await summaryOf('empty.csv', '')).toMatchObject({ rows: 0, columns: [] });
    expect(await summaryOf('header.csv', 'a,b\n')).toMatchObject({ rows: 0, columns: [{ name: 'a', type: 'null', count: 0, nulls: 0 }, { name: 'b' }] });
    expect(await summaryOf('ragged.csv', 'a,a,\n1\n1,2,3,4\n')).toMatchObject({
      rows: 2,
      ragged_rows: 2,
      columns: [{ name: 'a', nulls: 0 }, { name: 'a_2', nulls: 1 }, { name: 'column_3', nulls: 1 }],
    });
    expect(await summaryOf('odd.json', '[1, [2, 3], {"a": {"b": 1}}, null, "x"]')).toMatchObject({ rows: 5, columns: [{ name: 'value', type: 'mixed' }, { name: 'column_1' }, { name: 'column_2' }, { name: 'a', type: 'object' }] });
    expect(await summaryOf('proto.json', '[{"__proto__": 1, "constructor": 2}]')).toMatchObject({ columns: [{ name: '__proto__', max: 1 }, { name: 'constructor', max: 2 }] });
  });

  test('fails clearly when a file cannot be read', async () => {
    await ground.file('allowed/in/good.csv', CSV);
    await ground.file('allowed/in/bad.json', '[{"secret": "x"}, oops]');
    expect(await errorOf(join(root, 'none.csv'))).toBe(`"${join(root, 'none.csv')}" does not exist`);
    expect(await errorOf(join(root, 'in'))).toBe(`"${join(root, 'in')}": "bad.json": value 2 is not JSON`);
    expect(await errorOf(join(root, 'in/bad.json'))).toBe(`"${join(root, 'in/bad.json')}": value 2 is not JSON`);
    await mkdir(join(root, 'nothing'));
    expect(await errorOf(join(root, 'nothing'))).toMatch(/no CSV, TSV, JSON or NDJSON files/);
    expect(await ground.run('data_summary')).toMatchObject({ kind: 'failed', error: '"source" is required' });
  });

  test('fails clearly when it may not', async () => {
    const closed = await ground.file('allowed/in/closed.csv', CSV);
    await chmod(closed, 0o000);
    await asUnprivileged(async () => {
      expect(await errorOf(closed)).toBe(`"${closed}" may not be read or written by this worker (permission denied)`);
      expect(await errorOf(join(root, 'in'))).toMatch(/"closed\.csv" may not be read/);
    });
    await chmod(closed, 0o644);
  });

  test('reads nothing outside the allowed folders', async () => {
    await ground.file('outside/secret.csv', CSV);
    await symlink(join(ground.folder, 'outside/secret.csv'), join(root, 'link.csv'));
    for (const source of [join(root, 'link.csv'), join(root, '../outside/secret.csv'), '/etc/passwd', '/proc/self/environ']) {
      expect(await errorOf(source)).toMatch(/outside the allowed folders/);
    }
  });

  test('goes through 200 MB in little memory, tells how far it is, and leaves the worker responsive', { timeout: 120_000 }, async () => {
    const path = join(root, 'large.csv');
    const rows = await writeLarge(path, 200_000_000);
    const fractions: number[] = [];
    let peak = 0;
    let longestPause = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
      longestPause = Math.max(longestPause, performance.now() - last);
      last = performance.now();
    }, 20);
    const before = process.memoryUsage().rss;
    const summary = resultOf(await summarize(path, {}, { progress: (fraction: number) => fractions.push(fraction) }));
    clearInterval(watch);
    expect(summary).toMatchObject({
      rows,
      columns: [
        { name: 'id', type: 'integer', min: 1, max: rows, mean: (rows + 1) / 2, approximate: true },
        { name: 'key', type: 'text', approximate: true },
        { name: 'amount', type: 'number' },
        { name: 'city', type: 'text', distinct: 4, approximate: false },
      ],
    });
    const [id, key] = summary.columns;
    expect(Math.abs(Number(id?.['median']) / (rows / 2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(Number(key?.['distinct']) / rows - 1)).toBeLessThan(0.06);
    expect(peak - before).toBeLessThan(250_000_000);
    expect(longestPause).toBeLessThan(2_000);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions.length).toBeGreaterThan(100);
    expect([...fractions].sort((one, other) => one - other)).toEqual(fractions);
  });

  test('stops in the middle when it is cancelled', async () => {
    const path = join(root, 'large.csv');
    await writeLarge(path, 20_000_000);
    const context = aRunContext();
    let told = 0;
    const progress = (fraction: number): void => {
      told = fraction;
      if (fraction > 0.2) context.stop('cancelled', 'enough');
    };
    expect(await summarize(path, {}, { ...context, progress })).toMatchObject({ kind: 'cancelled' });
    expect(told).toBeLessThan(0.3);
  });
});

/** @returns how many rows it has */
async function writeLarge(path: string, bytes: number): Promise<number> {
  const cities = ['Berlin', 'Paris', 'Rome', 'Oslo'];
  const file = await open(path, 'w');
  let rows = 0;
  try {
    await file.write('id,key,amount,city\n');
    for (let written = 0; written < bytes; ) {
      const lines: string[] = [];
      for (let count = 0; count < 20_000; count += 1) {
        rows += 1;
        lines.push(`${rows},a key that is never the same ${rows},${(rows % 10_007) / 8},${cities[rows % 4] ?? ''}\n`);
      }
      written += (await file.write(lines.join(''))).bytesWritten;
    }
  } finally {
    await file.close();
  }
  return rows;
}
