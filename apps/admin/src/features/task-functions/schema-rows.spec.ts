import { describe, expect, it } from 'vitest';
import { argumentRows } from './schema-rows';

describe('arguments of a schema', () => {
  it('are its members, required ones first', () => {
    const rows = argumentRows({
      type: 'object',
      required: ['url'],
      properties: {
        timeout_ms: { type: 'integer', minimum: 1, default: 500 },
        url: { type: 'string', minLength: 1, description: 'Where to' },
        format: { type: 'string', enum: ['copy', 'tar.gz'] },
        arguments: { type: 'array', items: { type: 'string' } },
        days: { type: 'integer', minimum: 0, maximum: 36500 },
        path: { type: ['string', 'null'], maxLength: 4096 },
      },
    });
    expect(rows).toEqual([
      { name: 'url', type: 'string', isRequired: true, limits: '', description: 'Where to' },
      { name: 'timeout_ms', type: 'integer', isRequired: false, limits: 'at least 1, default 500', description: '' },
      { name: 'format', type: 'one of copy, tar.gz', isRequired: false, limits: '', description: '' },
      { name: 'arguments', type: 'string[]', isRequired: false, limits: '', description: '' },
      { name: 'days', type: 'integer', isRequired: false, limits: '0 to 36500', description: '' },
      { name: 'path', type: 'string or null', isRequired: false, limits: 'at most 4096 characters', description: '' },
    ]);
  });

  it.each([[null], [{}], [{ type: 'object', properties: {} }], [{ properties: 7 }]])('of %j are none', (schema) => {
    expect(argumentRows(schema)).toEqual([]);
  });
});
