import { expect, it } from 'vitest';
import { runRefusal } from './words';

it('says why a disabled job cannot be run, as the API would refuse it', () => {
  expect(runRefusal({ isEnabled: false })).toMatch(/disabled/);
  expect(runRefusal({ isEnabled: true })).toBeNull();
});
