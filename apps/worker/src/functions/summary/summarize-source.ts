import type { Stats } from 'node:fs';
import type { JsonValue } from '#domain/json.js';
import { PermanentFailure } from '#executors/functions/task-function.js';
import { clearError } from '../files/clear-error.js';
import type { ConfinedEntry } from '../files/confined-path.js';
import { ConfinedFolder } from '../files/confined-folder.js';
import { FirstError } from '../files/first-error.js';
import { walkFolder, type FileVisitor } from '../files/walk-files.js';
import { formatOf, readerOf, type DataFormat } from './data-format.js';
import { summarizeFile } from './summarize-file.js';
import { TableSummary } from './table-summary.js';

/** Files that the result names one by one. */
const NAMED_FILES = 100;

export interface Summarizing {
  /** For all files; null: as their names say. */
  readonly format: DataFormat | null;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, message: string) => void;
  readonly log: (message: string) => void;
}

export interface SourceSummary {
  [member: string]: JsonValue;
  rows: number;
  columns: JsonValue[];
}

/**
 * Describes a data file, or all data files below a folder as one table. Hidden files, links, and files whose names say
 * nothing of a format are passed over in a folder.
 *
 * @throws PermanentFailure naming the file that cannot be read; the signal's reason
 */
export async function summarizeSource(source: ConfinedEntry, summarizing: Summarizing): Promise<SourceSummary> {
  const summary = new Summary(summarizing);
  if (source.stats.isDirectory()) await summary.addFolder(source);
  else await summary.addFile({ folder: source.folder, name: source.name, size: source.stats.size }, source.stats.size);
  return summary.result();
}

interface DataFile {
  readonly folder: ConfinedFolder;
  readonly name: string;
  readonly size: number;
}

class Summary {
  private readonly table = new TableSummary();
  private readonly files: { name: string; rows: number }[] = [];
  private fileCount = 0;
  private bytes = 0;
  private inFolder = false;

  constructor(private readonly summarizing: Summarizing) {}

  async addFolder({ folder: parent, name }: ConfinedEntry): Promise<void> {
    this.inFolder = true;
    const folder = (await parent.subfolder(name)).asRoot();
    try {
      const { total } = await this.walk(folder, () => Promise.resolve());
      const { found } = await this.walk(folder, (file) => this.addFile(file, total));
      if (found === 0) throw new PermanentFailure('there are no CSV, TSV, JSON or NDJSON files in it');
    } finally {
      await folder.close();
    }
  }

  async addFile(file: DataFile, totalBytes: number): Promise<void> {
    const { signal, progress, log } = this.summarizing;
    const name = file.folder.nameOf(file.name);
    const format = this.summarizing.format ?? formatOf(file.name);
    if (format === null) throw new PermanentFailure('its name does not tell its format; name it with "format"');
    const [rowsBefore, bytesBefore] = [this.table.rows, this.bytes];
    const told = (bytes: number): void => {
      progress(Math.min(1, (bytesBefore + bytes) / Math.max(1, totalBytes)), `${this.table.rows} rows`);
    };
    try {
      this.bytes += await summarizeFile({ folder: file.folder, name: file.name, signal, progress: told }, readerOf(format, this.table));
    } catch (error) {
      signal.throwIfAborted();
      throw this.inFolder ? aboutFile(name, error) : error;
    }
    const rows = this.table.rows - rowsBefore;
    this.fileCount += 1;
    if (this.files.length < NAMED_FILES) this.files.push({ name, rows });
    log(`${name}: ${rows} rows (${format})`);
  }

  result(): SourceSummary {
    const described = this.table.describe();
    return { ...described, file_count: this.fileCount, bytes: this.bytes, files: this.files };
  }

  /** Goes through the data files below a folder. A file or folder that cannot be read ends it. */
  private async walk(folder: ConfinedFolder, visit: (file: DataFile) => Promise<void>): Promise<{ found: number; total: number }> {
    const stop = new AbortController();
    const seen = { found: 0, total: 0 };
    const visitor: FileVisitor = {
      enter: (_parent, name) => !name.startsWith('.'),
      file: async (parent, name, stats: Stats) => {
        if (name.startsWith('.') || formatOf(name) === null) return;
        seen.found += 1;
        seen.total += stats.size;
        await visit({ folder: parent, name, size: stats.size }).catch((error: unknown) => {
          stop.abort(error);
        });
      },
    };
    const errors = new FirstError((name, error) => {
      stop.abort(clearError(error, name));
    });
    const signal = AbortSignal.any([this.summarizing.signal, stop.signal]);
    await walkFolder(folder, { visitor, signal, errors, progress: () => undefined });
    signal.throwIfAborted();
    return seen;
  }
}

/** In a folder the message must say which file it is. */
function aboutFile(name: string, error: unknown): Error {
  return error instanceof PermanentFailure ? new PermanentFailure(`"${name}": ${error.message}`) : clearError(error, name);
}
