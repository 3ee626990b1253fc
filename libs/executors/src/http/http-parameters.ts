import { z } from 'zod';
import { requiredArgument } from '../parameters/parameter-types.js';

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type Method = (typeof METHODS)[number];

const MAX_HEADERS = 100;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_TIMEOUT_MS = 86_400_000;

/** Set by the connection; a job's own would break the message or address another host than the one checked. */
const REFUSED_HEADERS = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'keep-alive', 'te', 'trailer', 'expect']);

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Visible characters, space and tab; CR, LF and NUL would start a header of their own. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const headers = z
  .record(z.string(), z.string({ error: 'expected a string' }), { error: 'expected an object of strings' })
  .superRefine((given, context) => {
    const entries = Object.entries(given);
    const size = entries.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
    if (entries.length > MAX_HEADERS || size > MAX_HEADER_BYTES) {
      context.addIssue({ code: 'custom', message: 'must not have more than 100 headers or 16 KiB' });
    }
    for (const [name, value] of entries) {
      const problem = headerProblem(name, value);
      if (problem !== null) context.addIssue({ code: 'custom', path: [name], message: problem });
    }
  });

const url = requiredArgument.transform((text, context) => {
  const parsed = URL.canParse(text) ? new URL(text) : null;
  const message = urlProblem(parsed);
  if (parsed !== null && message === null) return parsed;
  context.addIssue({ code: 'custom', message: message ?? 'is not a URL' });
  return z.NEVER;
});

function urlProblem(url: URL | null): string | null {
  if (url === null) return 'is not a URL';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `must be http or https, not ${url.protocol}`;
  try {
    decodeURIComponent(`${url.username}:${url.password}`);
    return null;
  } catch {
    return 'has credentials that cannot be decoded';
  }
}

/** Parameters of the `http` task function. */
export const httpParameters = z.object({
  url,
  method: z
    .string({ error: 'expected a string' })
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(METHODS, { error: `must be one of ${METHODS.join(', ')}` }))
    .default('GET'),
  headers: headers.default({}),
  /** A string is sent as it is, anything else as JSON. */
  body: z
    .json()
    .transform((body) => (typeof body === 'string' ? { text: body, isJson: false } : { text: JSON.stringify(body), isJson: true }))
    .refine(({ text }) => Buffer.byteLength(text) <= MAX_BODY_BYTES, { error: 'must not be longer than 1 MiB' })
    .optional(),
  /** Milliseconds for the whole exchange. @default and at most the attempt's timeout */
  timeoutMs: z
    .int({ error: 'expected a whole number of milliseconds' })
    .min(1, { error: 'must be at least 1' })
    .max(MAX_TIMEOUT_MS, { error: 'must be at most 86400000 (a day)' })
    .optional(),
  followRedirects: z.boolean({ error: 'expected true or false' }).default(true),
});

function headerProblem(name: string, value: string): string | null {
  if (!TOKEN.test(name)) return 'is not a header name';
  if (REFUSED_HEADERS.has(name.toLowerCase())) return 'is set by the connection and cannot be given';
  return HEADER_VALUE.test(value) ? null : 'must not contain line breaks or control characters';
}
