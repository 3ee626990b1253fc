/**
 * Confines paths to configured folders. Links are resolved first, and the resolved path is what is used afterwards, so
 * a link inside a root that points outside does not help. Without roots every path is allowed.
 *
 * A folder on the way that is swapped for a link between this check and its use is not caught: Node has no `openat2`.
 * Where tasks of different owners share roots, run them as different users.
 */
import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

export type CheckedPath = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly problem: string };

export class FileRoots {
  private readonly roots: readonly string[];

  /** @param roots absolute paths of existing folders; empty allows every path. @throws when one does not exist */
  constructor(roots: readonly string[] = []) {
    this.roots = roots.map((root) => realpathSync(root));
  }

  /** Resolves a folder. */
  folder(path: string): CheckedPath {
    return this.check(path, 'folder');
  }

  /** Resolves a regular file. */
  file(path: string): CheckedPath {
    return this.check(path, 'file');
  }

  private check(path: string, kind: 'file' | 'folder'): CheckedPath {
    const real = resolved(path);
    if (real === null) return { ok: false, problem: `"${path}" does not exist` };
    if (this.roots.length > 0 && !this.roots.some((root) => isInside(root, real))) {
      return { ok: false, problem: `"${path}" is outside the allowed folders` };
    }
    const stats = statSync(real, { throwIfNoEntry: false });
    const isRight = kind === 'file' ? stats?.isFile() : stats?.isDirectory();
    return isRight === true ? { ok: true, path: real } : { ok: false, problem: `"${path}" is not a ${kind}` };
  }
}

function resolved(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith('../'));
}
