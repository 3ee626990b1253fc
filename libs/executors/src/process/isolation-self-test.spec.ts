import { describe, expect, it } from 'vitest';
import { demandIsolation, ISOLATION_LEVELS, IsolationTooWeak } from './isolation-self-test.js';

describe('demandIsolation', () => {
  it('accepts what was asked for and more', () => {
    for (const [index, wanted] of ISOLATION_LEVELS.entries()) {
      for (const reached of ISOLATION_LEVELS.slice(index)) expect(() => demandIsolation(reached, wanted)).not.toThrow();
    }
  });

  it('refuses less, and says what was reached', () => {
    expect(() => demandIsolation('group', 'group+environ-scan')).toThrow(IsolationTooWeak);
    expect(() => demandIsolation('group+environ-scan', 'cgroup')).toThrow('"group+environ-scan" only here, and TASK_MIN_ISOLATION asks for "cgroup"');
  });
});
