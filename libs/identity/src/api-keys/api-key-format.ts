/**
 * The form of an API key: `sk_live_`, 30 random characters (178 bits), 6 characters of CRC-32 over all before them, in
 * base 62. The checksum is no secret: it lets a mistyped key be refused without a query and secret scanners be sure.
 */
import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const API_KEY_PREFIX = 'sk_live_';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;
const FORM = /^sk_live_[0-9A-Za-z]{36}$/;

/** A new key: the text is shown once, the hash is stored. */
export function newApiKey(): { readonly key: string; readonly hash: Buffer; readonly lastFour: string } {
  const body = `${API_KEY_PREFIX}${randomBase62(RANDOM_LENGTH)}`;
  const key = body + checksum(body);
  return { key, hash: sha256(key), lastFour: key.slice(-4) };
}

/** Tells an API key from an access token by its prefix alone. */
export function looksLikeApiKey(credential: string): boolean {
  return credential.startsWith(API_KEY_PREFIX);
}

/** Returns the SHA-256 under which the key is stored, or null when form or checksum are wrong. */
export function hashOfApiKey(key: string): Buffer | null {
  if (!FORM.test(key)) return null;
  const body = key.slice(0, -CHECKSUM_LENGTH);
  return checksum(body) === key.slice(-CHECKSUM_LENGTH) ? sha256(key) : null;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let digit = 0; digit < CHECKSUM_LENGTH; digit += 1) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/** Bytes beyond the largest multiple of 62 are dropped: taking the remainder would prefer some characters. */
function randomBase62(length: number): string {
  const limit = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && text.length < length) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
