import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/api/types';
import {
  alternativesText,
  fieldsOf,
  missingMembers,
  otherMembers,
  pairsText,
  parseArguments,
  parsePairs,
  problemsWithoutField,
  withMember,
  withProblem,
} from './schema-fields';

const SHELL = {
  type: 'object',
  required: ['command'],
  properties: {
    shell: { type: 'string' },
    command: { type: 'string', description: 'What to run' },
    working_directory: { type: 'string' },
    timeoutMs: { type: 'integer', minimum: 1, maximum: 10 },
    dry_run: { type: 'boolean' },
    format: { type: 'string', enum: ['csv', 'json'] },
    arguments: { type: 'array', items: { type: 'string' } },
    environment: { type: 'object', additionalProperties: { type: 'string' } },
    matrix: { type: 'array', items: { type: 'number' } },
  },
};

describe('alternativesText', () => {
  it.each([
    [{ anyOf: [{ required: ['script_path'] }, { required: ['scriptPath'] }] }, 'One of script_path or scriptPath is needed.'],
    [{ oneOf: [{ required: ['url'] }, { required: ['host', 'port'] }, { required: ['socket'] }] }, 'One of url, host with port or socket is needed.'],
  ])('says which one of %j', (schema, text) => {
    expect(alternativesText({ type: 'object', ...schema })).toBe(text);
  });

  it.each<[JsonObject | null]>([[null], [SHELL], [{ anyOf: [{ required: ['a'] }] }], [{ anyOf: [{ required: ['a'] }, { properties: {} }] }], [{ anyOf: [{ required: [] }, {}] }], [{ anyOf: 'a' }]])('says nothing of %j', (schema) => {
    expect(alternativesText(schema)).toBeNull();
  });
});

describe('fieldsOf', () => {
  it('puts what is required first and gives each member its kind of field', () => {
    expect(fieldsOf(SHELL).map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      'command: long-text',
      'shell: text',
      'working_directory: text',
      'timeoutMs: integer',
      'dry_run: flag',
      'format: choice',
      'arguments: texts',
      'environment: pairs',
      'matrix: json',
    ]);
  });

  it('speaks names, and takes over limits and choices', () => {
    const fields = new Map(fieldsOf(SHELL).map((field) => [field.name, field]));
    expect(fields.get('working_directory')?.label).toBe('Working directory');
    expect(fields.get('timeoutMs')).toMatchObject({ label: 'Timeout ms', min: 1, max: 10 });
    expect(fields.get('format')?.choices).toEqual(['csv', 'json']);
    expect(fields.get('command')).toMatchObject({ isRequired: true, description: 'What to run' });
  });

  it('has none without a schema, and none of a schema without properties', () => {
    expect(fieldsOf(null)).toEqual([]);
    expect(fieldsOf({ type: 'object' })).toEqual([]);
  });
});

describe('arguments', () => {
  it('are one object', () => {
    expect(parseArguments(' ')).toEqual({ ok: true, value: {} });
    expect(parseArguments('{"a": [1]}')).toEqual({ ok: true, value: { a: [1] } });
    expect(parseArguments('[1]')).toMatchObject({ ok: false, problem: expect.stringContaining('one JSON object') as string });
    expect(parseArguments('{"a"')).toMatchObject({ ok: false, problem: expect.stringContaining('not JSON') as string });
  });

  it('have no place for what is wrong with all of them, or with members without a field', () => {
    expect(problemsWithoutField(fieldsOf(SHELL), { command: 'field required' })).toEqual([]);
    expect(problemsWithoutField(fieldsOf(SHELL), { command: 'field required', '': 'must match a schema', scriptPath: 'field required' })).toEqual(['must match a schema', 'scriptPath: field required']);
  });

  it('lose a member that is emptied', () => {
    expect(withMember({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
    expect(withMember({ b: 2 }, 'a', 1)).toEqual({ b: 2, a: 1 });
  });

  it('keep what is wrong with one text while others are typed', () => {
    const one = withProblem({}, 'matrix', 'This is not JSON');
    const both = withProblem(one, 'rows', 'This is not JSON either');
    expect(withProblem(both, 'command', null)).toEqual({ matrix: 'This is not JSON', rows: 'This is not JSON either' });
    expect(withProblem(withProblem(both, 'matrix', 'Still not'), 'rows', null)).toEqual({ matrix: 'Still not' });
    expect(withProblem(one, 'matrix', null)).toEqual({});
  });

  it('tell what is missing and what has no field', () => {
    const fields = fieldsOf(SHELL);
    expect(missingMembers(fields, { command: '', shell: '' })).toEqual(['command']);
    expect(otherMembers(fields, { command: 'x', extra: 1 })).toEqual(['extra']);
  });

  it('write pairs as lines and read them back', () => {
    expect(pairsText({ A: 'b=c', D: '' })).toBe('A=b=c\nD=');
    expect(parsePairs('A=b=c\n\nD=\n=x')).toEqual({ A: 'b=c', D: '' });
    expect(parsePairs('\n')).toBeUndefined();
  });
});
