/**
 * Reads CSV and TSV (RFC 4180) a piece at a time. Written here because the usual parser takes 70 s for a gigabyte, on the
 * worker's one thread; lines without quotes, nearly all of them, are a split here. A test compares the two.
 *
 * Cells in quotes may hold delimiters, line ends and doubled quotes. A quote inside a cell without quotes means itself.
 * Empty lines are passed over. Lines end with LF or CRLF.
 */
import { PermanentFailure } from '#executors/functions/task-function.js';
import type { TextReader } from './text-reader.js';

/** Longest row, characters: what an unclosed quote may gather before it is noticed. */
const MAX_ROW_CHARACTERS = 1024 * 1024;
const DELIMITERS = [',', ';', '\t', '|'] as const;

export interface CsvOptions {
  /** Null: the one that the first line has most of. */
  readonly delimiter: string | null;
  readonly row: (cells: readonly string[]) => void;
}

/** A row that was read, and where the next one begins. */
interface ReadRow {
  readonly cells: readonly string[];
  readonly next: number;
}

export class CsvReader implements TextReader {
  private rest = '';
  private delimiter: string | null;
  private rowNumber = 0;

  constructor(private readonly options: CsvOptions) {
    this.delimiter = options.delimiter;
  }

  /** @throws PermanentFailure naming the row that cannot be read */
  push(text: string): void {
    this.read(this.rest + text, false);
    if (this.rest.length > MAX_ROW_CHARACTERS) throw this.broken(`is longer than ${MAX_ROW_CHARACTERS} characters; is a quote missing?`);
  }

  /** @throws PermanentFailure when the last row has an open quote */
  end(): void {
    if (this.rest !== '') this.read(`${this.rest}\n`, true);
    if (this.rest !== '') throw this.broken('has a quote that is never closed');
  }

  private read(text: string, isLast: boolean): void {
    let from = 0;
    let quote = text.indexOf('"');
    for (;;) {
      const lineEnd = text.indexOf('\n', from);
      if (lineEnd < 0) break;
      if (quote >= 0 && quote < from) quote = text.indexOf('"', from);
      const delimiter = (this.delimiter ??= delimiterOf(text.slice(from, lineEnd)));
      const isPlain = quote < 0 || quote > lineEnd;
      const row = isPlain ? plainRow(text, { from, lineEnd, delimiter }) : this.quotedRow(text, from, delimiter);
      if (row === null) break;
      this.give(row.cells, isPlain);
      from = row.next;
    }
    // What is left of a quote that nothing closes at the end of the file must not look like the empty text.
    this.rest = isLast && from < text.length ? text.slice(from, -1) || '"' : text.slice(from);
  }

  /** `""` alone in a line is a row with an empty cell; nothing at all is none. */
  private give(cells: readonly string[], isPlain: boolean): void {
    this.rowNumber += 1;
    const isEmptyLine = isPlain && cells.length === 1 && cells[0] === '';
    if (!isEmptyLine) this.options.row(cells);
  }

  /** Null when the text ends before the row does. */
  private quotedRow(text: string, from: number, delimiter: string): ReadRow | null {
    const cells: string[] = [];
    let at = from;
    for (;;) {
      const cell = text[at] === '"' ? this.quotedCell(text, at, delimiter) : plainCell(text, at, delimiter);
      if (cell === null) return null;
      cells.push(cell.text);
      if (text[cell.end] !== delimiter) return { cells, next: lineAfter(text, cell.end) };
      at = cell.end + 1;
    }
  }

  private quotedCell(text: string, start: number, delimiter: string): Cell | null {
    let quote = text.indexOf('"', start + 1);
    while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
    if (quote < 0 || quote + 1 >= text.length) return null;
    const end = quote + 1;
    const isEnd = text[end] === delimiter || text[end] === '\n' || text[end] === '\r';
    if (!isEnd) throw this.broken('has text behind a closing quote');
    if (text[end] === '\r' && end + 1 >= text.length) return null;
    return { text: text.slice(start + 1, quote).replaceAll('""', '"'), end };
  }

  private broken(problem: string): PermanentFailure {
    return new PermanentFailure(`row ${this.rowNumber + 1} ${problem}`);
  }
}

interface Cell {
  readonly text: string;
  /** Where the delimiter or the line end behind it is. */
  readonly end: number;
}

function plainRow(text: string, { from, lineEnd, delimiter }: { from: number; lineEnd: number; delimiter: string }): ReadRow {
  const end = text[lineEnd - 1] === '\r' && lineEnd > from ? lineEnd - 1 : lineEnd;
  return { cells: text.slice(from, end).split(delimiter), next: lineEnd + 1 };
}

function plainCell(text: string, start: number, delimiter: string): Cell | null {
  const lineEnd = text.indexOf('\n', start);
  if (lineEnd < 0) return null;
  const delimiterAt = text.indexOf(delimiter, start);
  if (delimiterAt >= 0 && delimiterAt < lineEnd) return { text: text.slice(start, delimiterAt), end: delimiterAt };
  const end = text[lineEnd - 1] === '\r' && lineEnd > start ? lineEnd - 1 : lineEnd;
  return { text: text.slice(start, end), end };
}

function lineAfter(text: string, end: number): number {
  return text[end] === '\r' ? end + 2 : end + 1;
}

function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, '');
  let best: string = DELIMITERS[0];
  let most = 0;
  for (const candidate of DELIMITERS) {
    const count = bare.split(candidate).length - 1;
    if (count > most) [best, most] = [candidate, count];
  }
  return best;
}
