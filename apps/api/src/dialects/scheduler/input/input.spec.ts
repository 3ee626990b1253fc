import { describe, expect, test } from 'vitest';
import { camelMembers, snakeMembers } from './camel-members.js';
import { given } from './given.js';
import { parseInstant } from '../../../http/instant.js';
import { toPage } from './pages.js';

describe('camelMembers', () => {
  test('renames members, nested ones too, but nothing inside scheduleConfig and taskArgs', () => {
    expect(
      camelMembers({
        task_function_id: 1,
        catch_up: { window_seconds: 5 },
        schedule_config: { day_of_week: 'mon' },
        taskArgs: { retention_days: 1 },
      }),
    ).toEqual({
      taskFunctionId: 1,
      catchUp: { windowSeconds: 5 },
      scheduleConfig: { day_of_week: 'mon' },
      taskArgs: { retention_days: 1 },
    });
  });

  test('prefers camelCase where both are given', () => {
    expect(camelMembers({ isEnabled: true, is_enabled: false })).toEqual({ isEnabled: true });
    expect(camelMembers({ is_enabled: false, isEnabled: true })).toEqual({ isEnabled: true });
  });

  test.each([[null], [undefined], ['text'], [[{ a_b: 1 }]]])('leaves %j alone', (value) => {
    expect(camelMembers(value)).toBe(value);
  });

  test('leaves names alone that are no snake_case', () => {
    const odd = { __proto: 1, _a: 2, A_B: 3, 'a-b': 4, a__b: 5 };
    expect(camelMembers(odd)).toEqual(odd);
  });
});

describe('snakeMembers', () => {
  test('renames camelCase and prefers snake_case where both are given', () => {
    expect(snakeMembers({ perPage: '5', isEnabled: 'true', taskFunctionId: '1', jobId: 'x', page: '2' })).toEqual({
      per_page: '5', is_enabled: 'true', task_function_id: '1', job_id: 'x', page: '2',
    });
    expect(snakeMembers({ per_page: '1', perPage: '2' })).toEqual({ per_page: '1' });
  });
});

describe('parseInstant', () => {
  test.each([
    ['2030-01-01T00:00:00Z', '2030-01-01T00:00:00.000Z'],
    ['2030-01-01T00:00', '2030-01-01T00:00:00.000Z'],
    ['2030-01-01T02:00:00.25+02:00', '2030-01-01T00:00:00.250Z'],
    ['2028-02-29T12:00:00', '2028-02-29T12:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant);
  });

  test.each([['2030-02-30T00:00:00Z'], ['2030-13-01T00:00:00Z'], ['2030-01-01T25:00:00Z'], ['2030-01-01'], ['now'], [''], [5], [null], [undefined]])(
    'refuses %j',
    (value) => {
      expect(parseInstant(value)).toBeNull();
    },
  );
});

test('given leaves out what was not said, and keeps null', () => {
  expect(given({ a: 1, b: undefined, c: null, d: false })).toEqual({ a: 1, c: null, d: false });
});

test('toPage fills in the defaults', () => {
  expect(toPage({}, 20)).toEqual({ page: 1, perPage: 20 });
  expect(toPage({ page: 3, per_page: 7 }, 20)).toEqual({ page: 3, perPage: 7 });
});
