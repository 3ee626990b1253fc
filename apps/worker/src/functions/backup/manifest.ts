import { createHash } from 'node:crypto';

/** One file of a backup. */
export interface CopiedFile {
  /** Below the source; empty when the source is a file itself. With slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Line by which a backup's manifest says what it is a copy of, for `keep`. `sha256sum -c` takes it for a comment. */
export function sourceLine(source: string): string {
  return `# backup of ${JSON.stringify(source)}`;
}

/** The manifest as `sha256sum` writes it, so that `sha256sum -c` beside the backup checks it. */
export function manifestText(source: string, entries: readonly { readonly name: string; readonly sha256: string }[]): string {
  const lines = entries.map(({ name, sha256 }) => {
    const isOdd = /[\\\n\r]/.test(name);
    const shown = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    return `${isOdd ? '\\' : ''}${sha256}  ${shown}`;
  });
  return [sourceLine(source), ...lines, ''].join('\n');
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
