/**
 * The built product in a directory of its own, so that a colleague's build does not change it under a running scenario,
 * and so that planted defects are put into a copy: production code holds no switch for them.
 */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A change of one compiled file: `from` must be in it exactly as often as said. */
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** @default 1 */
  readonly times?: number;
}

/** Copies the product and applies patches. @throws Error when a patch does not fit any more */
export function copyProduct(root: string, directory: string, patches: readonly Patch[]): void {
  mkdirSync(directory, { recursive: true });
  cpSync(join(root, 'dist'), join(directory, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(directory, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  for (const patch of patches) writeFileSync(join(directory, 'dist', patch.file), patched(directory, patch));
}

/** The compiled file with the change in it. @throws Error when it does not fit any more */
export function patched(directory: string, { file, from, to, times = 1 }: Patch): string {
  const parts = readFileSync(join(directory, 'dist', file), 'utf8').split(from);
  if (parts.length !== times + 1) throw new Error(`The defect does not fit ${file}: ${String(parts.length - 1)} places have ${JSON.stringify(from)}`);
  return parts.join(to);
}
