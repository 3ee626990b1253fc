import type { ColumnSummary } from './column-summary.js';
import { CsvReader } from './csv-reader.js';
import type { TableSummary } from './table-summary.js';
import type { TextReader } from './text-reader.js';

/** Puts the rows of a CSV file into a summary. The first row names the columns. */
export function csvTable(table: TableSummary, delimiter: string | null): TextReader {
  let columns: readonly ColumnSummary[] | null = null;
  const row = (cells: readonly string[]): void => {
    if (columns === null) columns = columnNames(cells).map((name) => table.column(name));
    else addRow(table, columns, cells);
  };
  return new CsvReader({ delimiter, row });
}

function addRow(table: TableSummary, columns: readonly ColumnSummary[], cells: readonly string[]): void {
  table.rows += 1;
  if (cells.length !== columns.length) table.raggedRows += 1;
  const count = Math.min(columns.length, cells.length);
  for (let index = 0; index < count; index += 1) columns[index]?.addCell(cells[index] ?? '');
}

/** Every column has a name of its own: nameless ones get their number, names that are taken a counter. */
function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const wanted = cell.trim() === '' ? `column_${index + 1}` : cell.trim();
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  });
}
