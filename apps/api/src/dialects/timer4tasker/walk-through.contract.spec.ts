/** The nine calls of docs/dialects/timer4tasker.md, run as they are printed; the answers have the members that are printed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCurlScript } from '#testing/curl-script.js';
import { createTestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type ApiUnderTest } from '../../../test/api-under-test.js';

const PAGE = new URL('../../../../../docs/dialects/timer4tasker.md', import.meta.url);

let api: ApiUnderTest;
let folder: string;
beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  folder = await mkdtemp(join(tmpdir(), 'takt-walk-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

/** Contents of the fenced blocks of a language, in order. */
const blocks = (page: string, language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text]) => text ?? '');

/** Names of all members, with those of what they hold; what only a finished execution has is left out. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => name !== 'config').sort().map(([name, member]) => [name, name === 'result' ? null : shapeOf(member)]),
  );
};

test('runs as it is printed', async () => {
  const page = await readFile(PAGE, 'utf8');
  const calls = page.slice(0, page.indexOf('## The other two types'));
  const printed = blocks(calls, 'json').flatMap((block) => block.trim().split('\n')).map((line) => JSON.parse(line) as { success: boolean });
  const script = blocks(calls, 'sh').join('\n').replaceAll('/tmp/t4t', folder);
  const answers = await runCurlScript(api.url, '', script);
  expect(answers).toHaveLength(10);
  expect(answers.map(shapeOf)).toEqual(printed.map(shapeOf));
  expect(answers.map((answer) => (answer as { success: boolean }).success)).toEqual(printed.map(({ success }) => success));
});
