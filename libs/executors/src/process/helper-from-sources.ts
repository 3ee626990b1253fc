/**
 * Makes the spawn helper runnable when the tests run the sources; production never loads this file. It works because the
 * helper's folder imports only `node:` modules and itself. The result is kept by content, so that many test files at once
 * make it once and an edit makes a new one.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/takt-spawn-helper/', import.meta.url));

/**
 * Transpiles the helper's sources.
 * @param folder where they are
 * @returns path of the helper's main file as JavaScript
 */
export async function transpileHelper(folder: string): Promise<string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  const sources = names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  const hash = createHash('sha256').update(JSON.stringify(sources)).digest('hex').slice(0, 16);
  const target = join(CACHE, hash);
  const entry = join(target, 'main.js');
  if (existsSync(entry)) return entry;
  const { default: ts } = await import('typescript');
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, 'draft-'));
  writeFileSync(join(draft, 'package.json'), '{"type":"module"}');
  for (const { name, text } of sources) {
    const { outputText } = ts.transpileModule(text, { compilerOptions, fileName: name });
    writeFileSync(join(draft, name.replace(/\.ts$/, '.js')), outputText);
  }
  publish(draft, target);
  return entry;
}

function publish(draft: string, target: string): void {
  try {
    renameSync(draft, target);
  } catch {
    // Another test process was first; its result is the same.
    rmSync(draft, { recursive: true, force: true });
  }
}
