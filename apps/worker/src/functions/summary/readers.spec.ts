import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CellNumber } from './cell-number.js';
import { CsvReader } from './csv-reader.js';
import { JsonReader } from './json-reader.js';
import { NdjsonReader } from './ndjson-reader.js';
import type { TextReader } from './text-reader.js';

function inPieces(reader: TextReader, text: string, size: number): void {
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  reader.end();
}

function csv(text: string, size = 1_000_000, delimiter: string | null = ','): string[][] {
  const rows: string[][] = [];
  inPieces(new CsvReader({ delimiter, row: (cells) => rows.push([...cells]) }), text, size);
  return rows;
}

function json(text: string, size = 1_000_000): unknown[] {
  const values: unknown[] = [];
  inPieces(new JsonReader((value) => values.push(value)), text, size);
  return values;
}

describe('CsvReader', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r\n', ' ', 'ä', '😀', '1'), maxLength: 6 });
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  test('reads what was written, however it is cut', () => {
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, size, newline, endsWithNewline) => {
        const text = rows.map((row) => row.map(quoted).join(',')).join(newline) + (endsWithNewline ? newline : '');
        expect(csv(text, size)).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  test('reads the same as the usual parser', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', '1'), maxLength: 20 });
    const theirs = (given: string): unknown => {
      try {
        return parse(given, { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\n', '\r\n'] });
      } catch {
        return 'refused';
      }
    };
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (given, size) => {
        const expected = theirs(given);
        fc.pre(expected !== 'refused'); // we take a quote inside a plain cell for what it is
        expect(csv(given, size)).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test('finds the delimiter', () => {
    expect(csv('a;b;c\n1,5;2;3\n', 100, null)).toEqual([['a', 'b', 'c'], ['1,5', '2', '3']]);
    expect(csv('a\tb\n', 100, null)).toEqual([['a', 'b']]);
    expect(csv('a|b|c,d\n', 100, null)).toEqual([['a', 'b', 'c,d']]);
    expect(csv('"x;y;z",b\n', 100, null)).toEqual([['x;y;z', 'b']]);
    expect(csv('only\n1\n', 100, null)).toEqual([['only'], ['1']]);
  });

  test('says which row is broken', () => {
    expect(() => csv('a,b\n1,"2\n3')).toThrow('row 2 has a quote that is never closed');
    expect(() => csv('a,b\n1,"2"x\n')).toThrow('row 2 has text behind a closing quote');
    expect(() => csv('a\n"')).toThrow('row 2 has a quote that is never closed');
    expect(() => csv(`a\n"${'x'.repeat(3_000_000)}`)).toThrow(/row 2 is longer than/);
    expect(() => csv('x'.repeat(3_000_000))).toThrow(/row 1 is longer than/);
  });
});

describe('JsonReader', () => {
  test('reads the items of a list and values in a row, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 2), (values, size, indent) => {
        expect(json(JSON.stringify(values, null, indent), size)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 }), fc.integer({ min: 1, max: 9 }), (values, size) => {
        expect(json(values.map((value) => JSON.stringify(value)).join('\n'), size)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  test('takes nothing for no values', () => {
    expect([json(''), json(' \n'), json('[]'), json(' [ ] ')]).toEqual([[], [], [], []]);
  });

  test.each(['[1,2', '[1,]', '[,1]', '[1 2]', '[1]]', '[1],', '{"a":1', '"abc', '[{"a":1}}]', 'hello', '[01]', "['a']", '{"a":1},{"b":2}', '[1]x', '}'])(
    'refuses %s',
    (text) => {
      expect(() => json(text, 1)).toThrow(/not JSON|ends in the middle/);
    },
  );

  test('refuses a value that has no end in sight', () => {
    expect(() => json(`[{"a":"${'x'.repeat(17 * 1024 * 1024)}`, 1024 * 1024)).toThrow(/value 1 is longer than/);
  });
});

test('NdjsonReader reads a value a line and names a broken one', () => {
  const values: unknown[] = [];
  inPieces(new NdjsonReader((value) => values.push(value)), '{"a":1}\r\n\n[2]\n"x"', 3);
  expect(values).toEqual([{ a: 1 }, [2], 'x']);
  expect(() => { inPieces(new NdjsonReader(() => undefined), '{}\n{"secret"\n', 5); }).toThrow(/^line 2 is not JSON$/);
});

describe('CellNumber', () => {
  const read = (cell: string): [number, boolean] | null => {
    const number = new CellNumber();
    return number.read(cell) ? [number.value, number.isInteger] : null;
  };

  test('reads numbers as JavaScript does', () => {
    const decimal = fc.tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 20 })).map(([digits, places]) => {
      const text = String(Math.abs(digits)).padStart(places + 1, '0');
      const number = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
      return (digits < 0 ? '-' : '') + number;
    });
    fc.assert(fc.property(fc.oneof(decimal, fc.double({ noNaN: true, noDefaultInfinity: true }).map(String)), (cell) => {
      const found = read(cell);
      if (found !== null) expect(found[0]).toBe(Number(cell));
      else expect(cell).toMatch(/^-?(\d{16,}|0\d.*)$/);
    }), { numRuns: 3_000 });
    expect([read('12'), read('-0.5'), read('.5'), read('+3'), read('1e6'), read('2.50')]).toEqual([[12, true], [-0.5, false], [0.5, false], [3, true], [1e6, false], [2.5, false]]);
  });

  test.each(['', '-', '.', '5.', '1.2.3', '007', '00.5', '1,5', '0x10', '1e', '1e9999', '1_000', ' 1', 'Infinity', 'NaN', '1234567890123456', '1'.repeat(65), '--1', '1e5.5'])('takes %j for text', (cell) => {
    expect(read(cell)).toBeNull();
  });
});
