import { describe, expect, it } from 'vitest';
import { fromField, isFiltered, toField } from './filters';

describe('filters of the audit log', () => {
  it('keep an instant on the way to the field and back', () => {
    const iso = fromField('2030-03-04T05:06', 'Asia/Tokyo');
    expect(iso).toBe('2030-03-03T20:06:00.000Z');
    expect(toField(iso, 'Asia/Tokyo')).toBe('2030-03-04T05:06');
    expect(toField(iso, 'UTC')).toBe('2030-03-03T20:06');
  });

  it.each(['', 'yesterday'])('take %j for no instant', (text) => {
    expect(fromField(text, 'UTC')).toBeNull();
    expect(toField(text, 'UTC')).toBe('');
  });

  it('are set when one is', () => {
    const none = { actor: null, action: null, object_type: null, object_id: null, from: null, to: null };
    expect(isFiltered(none)).toBe(false);
    expect(isFiltered({ ...none, actor: 'admin' })).toBe(true);
  });
});
