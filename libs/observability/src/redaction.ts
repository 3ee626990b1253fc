/** Keeps secrets out of logs: by the name of the field, and by the form `scheme://user:password@host` inside any text. */

const MASK = '[redacted]';
const SECRET_NAME = /(password|passwd|passphrase|secret|token|authorization|cookie|apikey|jwt|credentials?|privatekey)$/;
const URL_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi;
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;

/** A copy of the fields that may be shown. Errors become plain objects with their causes. */
export function redacted(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactedObject(fields, 0);
}

/** The text without the passwords of URLs in it. */
export function redactedText(text: string): string {
  return text.includes('://') ? text.replace(URL_PASSWORD, `$1:${MASK}@`) : text;
}

function redactedObject(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, value]: [string, unknown]) => [name, redactedMember(name, value, depth)] as const);
  return Object.fromEntries(entries);
}

/** Numbers and flags are shown whatever their name: a fencing token is no secret. */
function redactedMember(name: string, value: unknown, depth: number): unknown {
  const mayBeSecret = typeof value === 'string' || (typeof value === 'object' && value !== null);
  if (mayBeSecret && SECRET_NAME.test(name.toLowerCase().replace(/[-_]/g, ''))) return MASK;
  return redactedValue(value, depth + 1);
}

function redactedValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactedText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return plainError(value, depth);
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item: unknown) => redactedValue(item, depth + 1));
  if (value instanceof Map || value instanceof Set) return redactedValue([...value], depth);
  if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
  return redactedObject(value, depth);
}

function plainError(error: Error, depth: number): Record<string, unknown> {
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: redactedText(error.message),
    ...(code === undefined ? {} : { code }),
    stack: redactedText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redactedValue(error.cause, depth + 1) }),
  };
}
