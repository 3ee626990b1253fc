/** Digits that a double holds whatever they are, and powers of ten that it holds exactly. */
const EXACT_DIGITS = 15;
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** No number is longer than this. */
const LONGEST_NUMBER = 64;
const [PLUS, MINUS, POINT, ZERO, NINE, UPPER_E, LOWER_E] = [0x2b, 0x2d, 0x2e, 0x30, 0x39, 0x45, 0x65];

/**
 * Reads cells as numbers, some ten times as fast as a regular expression and `Number`, with the same values: a fraction of two
 * integers that a double holds exactly is rounded once, by the division.
 *
 * `12`, `-0.5`, `.5`, `1e6`; no leading zeros, and no integers of more than 15 digits: those are codes rather than quantities,
 * and would not survive as numbers. The last result is in `value` and `isInteger`, so that nothing is allocated.
 */
export class CellNumber {
  value = 0;
  /** Written without point and exponent. */
  isInteger = false;

  /** @returns whether the cell is a number */
  read(cell: string): boolean {
    const first = cell.charCodeAt(0);
    const isSigned = first === PLUS || first === MINUS;
    if (!isSigned && first !== POINT && !(first >= ZERO && first <= NINE)) return false;
    if (cell.length > LONGEST_NUMBER) return false;
    const start = isSigned ? 1 : 0;
    let digits = 0;
    let point = -1;
    let at = start;
    for (; at < cell.length; at += 1) {
      const code = cell.charCodeAt(at);
      if (code >= ZERO && code <= NINE) digits = digits * 10 + (code - ZERO);
      else if (code === POINT && point < 0) point = at;
      else break;
    }
    const whole = (point < 0 ? at : point) - start;
    const fraction = point < 0 ? 0 : at - point - 1;
    if (!isWellFormed(cell, { start, whole, fraction, hasPoint: point >= 0 })) return false;
    if (at < cell.length) return this.readScientific(cell, at);
    this.isInteger = point < 0;
    if (this.isInteger && whole > EXACT_DIGITS) return false;
    const isExact = whole + fraction <= EXACT_DIGITS;
    const absolute = isExact ? digits / (EXACT_POWERS[fraction] ?? 1) : Number(cell.slice(start));
    this.value = first === MINUS ? -absolute : absolute;
    return true;
  }

  private readScientific(cell: string, at: number): boolean {
    const mark = cell.charCodeAt(at);
    if ((mark !== UPPER_E && mark !== LOWER_E) || !/^[+-]?\d{1,3}$/.test(cell.slice(at + 1))) return false;
    this.value = Number(cell);
    this.isInteger = false;
    return Number.isFinite(this.value);
  }
}

interface Parts {
  readonly start: number;
  readonly whole: number;
  readonly fraction: number;
  readonly hasPoint: boolean;
}

function isWellFormed(cell: string, { start, whole, fraction, hasPoint }: Parts): boolean {
  if (hasPoint ? fraction === 0 : whole === 0) return false;
  return whole < 2 || cell.charCodeAt(start) !== ZERO;
}
