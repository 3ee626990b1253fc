import type { JsonObject } from '#domain/json.js';
import { CellNumber } from './cell-number.js';
import { NumberStats } from './number-stats.js';
import { TextStats, type TextBudget } from './text-stats.js';

type Kind = 'integer' | 'number' | 'boolean' | 'text' | 'object';

const BOOLEAN = /^(?:true|false)$/i;
const LONGEST_BOOLEAN = 5;

/** Describes one column from the values that pass. Everything that is not added counts as null. */
export class ColumnSummary {
  private readonly counts: Record<Kind, number> = { integer: 0, number: 0, boolean: 0, text: 0, object: 0 };
  private numbers: NumberStats | null = null;
  private texts: TextStats | null = null;
  private readonly cellNumber = new CellNumber();

  constructor(
    readonly name: string,
    private readonly budget: TextBudget,
  ) {}

  /** A cell of a table. An empty one is null. */
  addCell(cell: string): void {
    if (cell === '') return;
    if (this.cellNumber.read(cell)) this.addNumber(this.cellNumber.value, this.cellNumber.isInteger);
    else if (cell.length <= LONGEST_BOOLEAN && BOOLEAN.test(cell)) this.addText('boolean', cell.toLowerCase());
    else this.addText('text', cell);
  }

  /** A value of JSON. */
  addValue(value: unknown): void {
    switch (typeof value) {
      case 'number':
        this.addNumber(value, Number.isInteger(value));
        return;
      case 'boolean':
        this.addText('boolean', String(value));
        return;
      case 'string':
        this.addText('text', value);
        return;
      default:
        if (value !== null && value !== undefined) this.counts.object += 1;
    }
  }

  /** @param rows of the whole table; @param topCount most frequent texts that are listed */
  describe(rows: number, topCount: number): JsonObject {
    const count = Object.values(this.counts).reduce((sum, one) => sum + one, 0);
    const isExact = (this.numbers?.isExact ?? true) && (this.texts?.isExact ?? true);
    const numbers = this.numbers?.describe();
    const texts = this.texts?.describe(topCount);
    return {
      name: this.name,
      type: this.type(),
      count,
      nulls: rows - count,
      ...(numbers ?? {}),
      ...(texts === undefined ? {} : { distinct: texts.distinct, top: texts.top.map((one) => ({ ...one })) }),
      approximate: !isExact,
    };
  }

  private type(): Kind | 'mixed' | 'null' {
    const kinds = (Object.keys(this.counts) as Kind[]).filter((kind) => this.counts[kind] > 0);
    const [only = 'null'] = kinds;
    if (kinds.length < 2) return only;
    return kinds.length === 2 && kinds.includes('integer') && kinds.includes('number') ? 'number' : 'mixed';
  }

  private addNumber(value: number, isInteger: boolean): void {
    this.counts[isInteger ? 'integer' : 'number'] += 1;
    (this.numbers ??= new NumberStats()).add(value);
  }

  private addText(kind: 'boolean' | 'text', text: string): void {
    this.counts[kind] += 1;
    (this.texts ??= new TextStats(this.budget)).add(text);
  }
}
