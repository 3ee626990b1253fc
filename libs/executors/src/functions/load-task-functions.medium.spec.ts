import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadTaskFunctions } from './load-task-functions.js';

const API = JSON.stringify(fileURLToPath(new URL('./task-function.ts', import.meta.url)));

const source = (name: string): string => `
import { defineTaskFunction } from ${API};
export default defineTaskFunction({
  name: '${name}', displayName: 'X', description: '', queue: 'default', defaultTimeoutMs: 1000,
  argumentSchema: { type: 'object' }, handler: () => '${name}',
});
`;

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const aFolder = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'takt-functions-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

describe('loadTaskFunctions', () => {
  it('loads every task file of a folder, in order, and nothing else', async () => {
    const files = { 'b.task.ts': source('b'), 'a.task.ts': source('a'), 'c.task.spec.ts': 'throw 1', 'd.ts': 'throw 1', 'e.task.js.map': '{}' };
    const folder = aFolder(files);
    expect((await loadTaskFunctions(folder)).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await loadTaskFunctions(pathToFileURL(folder))).toHaveLength(2);
  });

  it('names the file that is no task function', async () => {
    const folder = aFolder({ 'x.task.mjs': 'export default 1' });
    await expect(loadTaskFunctions(folder)).rejects.toThrow(/x\.task\.mjs must have a default export/);
  });

  it('fails when there is no such folder', async () => {
    await expect(loadTaskFunctions('/no/such/folder')).rejects.toThrow(/ENOENT/);
  });
});
