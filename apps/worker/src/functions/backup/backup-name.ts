import { parse } from 'node:path';

export type BackupFormat = 'copy' | 'tar.gz';

/** What a backup is a copy of. */
export interface BackedUp {
  /** Last name of the source's path. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly format: BackupFormat;
}

const STAMP = /^-(\d{8}T\d{9}Z)(?:-(\d+))?$/;

/**
 * Name of a backup: `data-20300115T020000000Z`, with the extension of a file or of an archive behind it.
 *
 * @param counter from 0; above it is part of the name, for when the name is taken
 */
export function backupName({ name, isFolder, format }: BackedUp, at: Date, counter: number): string {
  const stamp = at.toISOString().replaceAll(/[-:.]/g, '');
  const { base, extension } = parts(name, isFolder, format);
  return `${base}-${stamp}${counter === 0 ? '' : `-${counter}`}${extension}`;
}

/** A text by which backups of the same source sort by age; null for a name that is none of them. */
export function ageOf(candidate: string, source: Pick<BackedUp, 'name' | 'isFolder'>): string | null {
  for (const format of ['tar.gz', 'copy'] as const) {
    const { base, extension } = parts(source.name, source.isFolder, format);
    if (!candidate.startsWith(base) || !candidate.endsWith(extension)) continue;
    const match = STAMP.exec(candidate.slice(base.length, candidate.length - extension.length));
    if (match !== null) return `${match[1] ?? ''}-${(match[2] ?? '').padStart(6, '0')}`;
  }
  return null;
}

function parts(name: string, isFolder: boolean, format: BackupFormat): { base: string; extension: string } {
  if (format === 'tar.gz') return { base: name, extension: '.tar.gz' };
  if (isFolder) return { base: name, extension: '' };
  const { name: base, ext: extension } = parse(name);
  return { base, extension };
}
