import { extname } from 'node:path';
import { csvTable } from './csv-table.js';
import { JsonReader } from './json-reader.js';
import { NdjsonReader } from './ndjson-reader.js';
import type { TableSummary } from './table-summary.js';
import type { TextReader } from './text-reader.js';

export type DataFormat = 'csv' | 'tsv' | 'json' | 'ndjson';

const FORMAT_OF_EXTENSION: Readonly<Record<string, DataFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

/** What a file's name says of its format; null when it says nothing. */
export function formatOf(name: string): DataFormat | null {
  return FORMAT_OF_EXTENSION[extname(name).toLowerCase()] ?? null;
}

/** Makes what reads a file of the format into the summary. */
export function readerOf(format: DataFormat, table: TableSummary): TextReader {
  const addValue = (value: unknown): void => {
    table.addValue(value);
  };
  switch (format) {
    case 'csv':
      return csvTable(table, null);
    case 'tsv':
      return csvTable(table, '\t');
    case 'json':
      return new JsonReader(addValue);
    case 'ndjson':
      return new NdjsonReader(addValue);
  }
}
