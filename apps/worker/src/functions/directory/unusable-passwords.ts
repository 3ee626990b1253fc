import { randomBytes } from 'node:crypto';
import type { PasswordHasher } from '#identity/passwords/password-hasher.js';

const SALT_BYTES = 16;
const DIGEST_BYTES = 32;

/**
 * Makes hashes of passwords that nobody knows, not even for a moment: a real hash gives the form and the costs, so that a
 * login attempt takes as long as any other, and salt and digest are random. One computation serves any number of accounts.
 */
export async function unusablePasswords(hasher: PasswordHasher): Promise<() => string> {
  const sample = await hasher.hash(randomBytes(DIGEST_BYTES).toString('base64url'));
  const [empty = '', algorithm = '', version = '', costs = ''] = sample.split('$');
  return () => [empty, algorithm, version, costs, base64(SALT_BYTES), base64(DIGEST_BYTES)].join('$');
}

/** PHC strings have base64 without padding. */
function base64(bytes: number): string {
  return randomBytes(bytes).toString('base64').replaceAll('=', '');
}
