import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '@/api/types';
import { toCsv } from './csv';

const entry: AuditEntry = { id: 1, at: '2030-01-01T00:00:00.000Z', actor: { type: 'user', id: 'u', name: 'admin' }, action: 'job.updated', object: { type: 'job', id: 'j', name: 'say "hi", twice' }, ipAddress: null, details: { a: 1 } };

describe('the export', () => {
  it('has a head and quotes what needs it', () => {
    expect(toCsv([entry])).toBe(
      'at,actor_type,actor,action,object_type,object_id,object,ip_address,details\r\n2030-01-01T00:00:00.000Z,user,admin,job.updated,job,j,"say ""hi"", twice",,"{""a"":1}"\r\n',
    );
  });

  it('gives spreadsheets no formulas', () => {
    expect(toCsv([{ ...entry, object: { type: 'job', id: 'j', name: '=1+1' } }])).toContain(",'=1+1,");
  });
});
