/**
 * How the text of one environment variable becomes a value. Every schema takes a string that is not empty and says in its
 * message what it expects, so that a report can print "expected …" without knowing the variable.
 */
import { isIP } from 'node:net';
import { delimiter, resolve } from 'node:path';
import { z } from 'zod';

type Text<Value> = z.ZodType<Value, string>;

/** `true`, `1`, `false` or `0`, nothing else: `yes`, `on` and `False` are typing errors more often than decisions. */
export const flag: Text<boolean> = z
  .enum(['true', 'false', '1', '0'], { error: 'expected true, false, 1 or 0' })
  .transform((text) => text === 'true' || text === '1');

/** A whole decimal number between the bounds, both included. `unit` is only for the message. */
export function wholeNumber(bounds: { min: number; max: number; unit?: string }): Text<number> {
  const unit = bounds.unit === undefined ? '' : ` of ${bounds.unit}`;
  const error = `expected a whole number${unit} from ${String(bounds.min)} to ${String(bounds.max)}`;
  return z
    .string()
    .regex(/^\d{1,12}$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= bounds.min && value <= bounds.max, { error });
}

/** A decimal number between the bounds, both included, with a point. */
export function decimal(bounds: { min: number; max: number }): Text<number> {
  const error = `expected a number from ${String(bounds.min)} to ${String(bounds.max)}`;
  return z
    .string()
    .regex(/^\d{1,12}(\.\d{1,6})?$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= bounds.min && value <= bounds.max, { error });
}

export const port: Text<number> = wholeNumber({ min: 1, max: 65_535 });

export function oneOf<const Choice extends string>(choices: readonly Choice[]): Text<Choice> {
  return z.enum(choices, { error: `expected one of ${choices.join(', ')}` });
}

/** A host name or an IP address to listen on. */
export const host: Text<string> = z
  .string()
  .refine((text) => isIP(text) !== 0 || /^(?=.{1,253}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(text), {
    error: 'expected an IP address or a host name, without a port',
  });

const LABEL_MAX_LENGTH = 40;

/** A few words for people, on one line. */
export const label: Text<string> = z
  .string()
  .refine((text) => text.length <= LABEL_MAX_LENGTH && !/\p{Cc}/u.test(text), {
    error: `expected at most ${String(LABEL_MAX_LENGTH)} characters on one line`,
  });

/** Items between commas, trimmed; empty items are dropped. */
export function commaList(item: RegExp, expectation: string): Text<string[]> {
  return z
    .string()
    .transform((text) => itemsOf(text, /,/))
    .refine((items) => items.every((entry) => item.test(entry)), { error: expectation });
}

/** A name that also fits in a path and in a log line. */
export const plainName: Text<string> = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}$/, { error: 'expected at most 100 letters, digits, _ . -' });

const QUEUE_NAME = /^[A-Za-z0-9_.-]{1,100}$/;

export const queueNames: Text<string[]> = commaList(
  QUEUE_NAME,
  'expected queue names (letters, digits, _ . -) separated by commas',
);

/** A user by name, uid or `uid:gid`; or `worker` or `auto`. Whether there is one is found out where it is needed. */
export const taskUser: Text<string> = z.string().regex(/^([a-z_][a-z0-9_.-]{0,31}|\d{1,9}(:\d{1,9})?)$/i, {
  error: 'expected worker, auto, or a user by name, uid or uid:gid',
});

/** Ports between commas; each one is wanted, none twice. An empty list is a value too. */
export const portList: Text<number[]> = z
  .string()
  .transform((text) => itemsOf(text, /,/))
  .refine((items) => items.every((item) => port.safeParse(item).success) && new Set(items).size === items.length, {
    error: 'expected different port numbers from 1 to 65535 separated by commas',
    abort: true,
  })
  .transform((items) => items.map(Number));

/** Directories between commas or colons (semicolons on Windows), made absolute from the working directory. */
export const directories: Text<string[]> = z.string().transform((text) =>
  itemsOf(text, delimiter === ';' ? /[,;]/ : /[,:]/).map((directory) => resolve(directory)),
);

export const directory: Text<string> = z.string().transform((text) => resolve(text));

/** A URL with one of the schemes (`postgres:`), a host and no blanks. */
export function url(schemes: readonly string[], example: string): Text<string> {
  return z.string().refine((text) => isUrl(text, schemes), { error: `expected a URL such as ${example}` });
}

/** Addresses and CIDR ranges between commas. */
export const addressRanges: Text<string[]> = z
  .string()
  .transform((text) => itemsOf(text, /,/))
  .refine((items) => items.every((item) => !EXPRESS_RANGE_NAMES.has(item) && isAddressRange(item)), {
    error: 'expected IP addresses and CIDR ranges separated by commas',
  });

/** How much the client addresses in `X-Forwarded-For` are believed, in the form that Express takes. */
export type TrustProxy = boolean | number | readonly string[];

export const trustProxy: Text<TrustProxy> = z
  .string()
  .refine((text) => /^(true|false|[1-9]\d?)$/.test(text) || itemsOf(text, /,/).every(isAddressRange), {
    error: 'expected true, false, a number of proxies (1 to 99) or addresses and CIDR ranges separated by commas',
    abort: true,
  })
  .transform((text): TrustProxy => {
    if (text === 'true' || text === 'false') return text === 'true';
    return /^\d+$/.test(text) ? Number(text) : itemsOf(text, /,/);
  });

function itemsOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function isUrl(text: string, schemes: readonly string[]): boolean {
  if (/\s/.test(text) || !URL.canParse(text)) return false;
  const parsed = new URL(text);
  return schemes.includes(parsed.protocol) && parsed.hostname !== '';
}

const EXPRESS_RANGE_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isAddressRange(item: string): boolean {
  if (EXPRESS_RANGE_NAMES.has(item)) return true;
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
