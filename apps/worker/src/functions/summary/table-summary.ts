import { PermanentFailure } from '#executors/functions/task-function.js';
import type { JsonObject, JsonValue } from '#domain/json.js';
import { ColumnSummary } from './column-summary.js';
import { TextBudget } from './text-stats.js';

/** Columns that a summary may have; a file with more is no table. */
const MAX_COLUMNS = 1_000;
const MAX_NAME_CHARACTERS = 200;
/** Most frequent texts that are listed per column, and in a table of many columns. */
const TOP = 10;
const TOP_OF_WIDE_TABLE = 3;
const WIDE_TABLE_COLUMNS = 50;

/** Describes all rows of one or more files; columns of the same name are one. */
export class TableSummary {
  rows = 0;
  /** Rows that had more or fewer cells than their header. */
  raggedRows = 0;
  private readonly byName = new Map<string, ColumnSummary>();
  private readonly budget = new TextBudget();

  /** The column of this name, a new one if need be. @throws PermanentFailure for the 1001st */
  column(name: string): ColumnSummary {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    if (this.byName.size >= MAX_COLUMNS) throw new PermanentFailure(`the data has more than ${MAX_COLUMNS} columns`);
    const shown = name.length > MAX_NAME_CHARACTERS ? `${name.slice(0, MAX_NAME_CHARACTERS)}…` : name;
    const column = new ColumnSummary(shown, this.budget);
    this.byName.set(name, column);
    return column;
  }

  /** A value of JSON as a row: an object has a column a member, a list one a place, anything else one named `value`. */
  addValue(value: unknown): void {
    this.rows += 1;
    if (Array.isArray(value)) {
      for (const [index, cell] of value.entries()) this.column(`column_${index + 1}`).addValue(cell);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) this.column(name).addValue(member);
    } else this.column('value').addValue(value);
  }

  describe(): { rows: number; column_count: number; columns: JsonValue[]; ragged_rows: number } {
    const columns = [...this.byName.values()];
    const top = columns.length > WIDE_TABLE_COLUMNS ? TOP_OF_WIDE_TABLE : TOP;
    return {
      rows: this.rows,
      column_count: columns.length,
      columns: columns.map((column): JsonObject => column.describe(this.rows, top)),
      ragged_rows: this.raggedRows,
    };
  }
}
