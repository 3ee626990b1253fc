import { fileURLToPath } from 'node:url';

/**
 * Path of the program that a spawn helper runs. In production it is the compiled file beside this one. When this file runs
 * from its TypeScript source (vitest), Node 20 could not run the helper's source, so its folder is transpiled first.
 */
export async function helperEntry(): Promise<string> {
  const runsFromSources = import.meta.url.endsWith('.ts');
  if (!runsFromSources) return fileURLToPath(new URL('./helper/main.js', import.meta.url));
  const { transpileHelper } = await import('./helper-from-sources.js');
  return transpileHelper(fileURLToPath(new URL('./helper/', import.meta.url)));
}
