import { describe, expect, it } from 'vitest';
import { planRuns, readOrder } from './order.js';

const planned = (...words: string[]): string[] => planRuns(readOrder(words)).map(({ scenario, backend }) => `${scenario.id} ${backend}`);

describe('the command line of the fault harness', () => {
  it('reads seeds as one, as so many, or as a range', () => {
    expect(readOrder(['F4', '--seed', '7']).seeds).toEqual([7]);
    expect(readOrder(['all', '--seeds', '3']).seeds).toEqual([1, 2, 3]);
    expect(readOrder(['all', '--seed', '5', '--seeds', '2']).seeds).toEqual([5, 6]);
    expect(readOrder(['all', '--seeds', '2..4']).seeds).toEqual([2, 3, 4]);
    for (const seeds of ['0', 'x', '3..1', '']) expect(() => readOrder(['all', '--seeds', seeds])).toThrow();
  });

  it('runs on Redis unless told otherwise, and all on both', () => {
    expect(planned('F4')).toEqual(['F4 redis']);
    expect(planned('F4', 'F8', '--backend', 'postgres')).toEqual(['F4 postgres']);
    expect(planned('all').length).toBeGreaterThan(25);
    expect(new Set(planned('all')).size).toBe(planned('all').length);
    expect(planned('all', '--backend', 'postgres').every((run) => run.endsWith(' postgres'))).toBe(true);
  });

  it('has a gate of few runs that touches both backends', () => {
    expect(planned('gate').length).toBeLessThanOrEqual(4);
    expect(new Set(planned('gate').map((run) => run.split(' ')[1]))).toEqual(new Set(['redis', 'postgres']));
  });

  it('says what it does not know', () => {
    expect(() => planned('F99')).toThrow('F99');
    expect(() => planned()).toThrow('Name scenarios');
    expect(() => readOrder(['F4', '--backend', 'mysql'])).toThrow('mysql');
  });
});
