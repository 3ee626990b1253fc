import { describe, expect, test } from 'vitest';
import { isDemoLogin } from './demo-accounts.js';
import { passwordObjection } from './password-policy.js';

describe('passwordObjection', () => {
  test.each(['short', 'Password1', 'ADMIN123', 'aaaaaaaaaaaa', 'x'.repeat(129), 'jane.doe1', 'jane.doe1jane.doe1'])('objects to %s', (password) => {
    expect(passwordObjection(password, 'jane.doe1')).not.toBeNull();
  });

  test.each(['correct horse', 'päßwörter', `${'long '.repeat(25)}one`])('has nothing against %s', (password) => {
    expect(passwordObjection(password, 'jane')).toBeNull();
  });
});

describe('isDemoLogin', () => {
  test('knows the published pairs and nothing else', () => {
    expect(isDemoLogin('operator', 'op123')).toBe(true);
    expect(isDemoLogin('operator', 'admin123')).toBe(false);
    expect(isDemoLogin('jane', 'op123')).toBe(false);
  });
});
