/**
 * Glob patterns of relative paths, matched without regular expressions: the time is bounded by the product of the lengths,
 * whatever the pattern, and a pattern is at most 256 characters.
 *
 * `*` and `?` stand for characters within one name, `[a-z]` and `[!a-z]` for one of several, `{a,b}` for either, `**` as a
 * whole name for any number of folders; a backslash takes the meaning of the next character away. A pattern without a slash
 * is for the name alone, at any depth; one that begins with a slash is for the top only. As in a shell, wildcards do not
 * match a dot at the beginning of a name: hidden files and folders must be named.
 */
import { PermanentFailure } from '#executors/functions/task-function.js';
import { expandBraces } from './glob-braces.js';

const MAX_PATTERN_LENGTH = 256;

type CharToken =
  | { readonly kind: 'literal'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

type Segment = { readonly kind: 'folders' } | { readonly kind: 'name'; readonly tokens: readonly CharToken[] };

/** Tells whether a relative path, with slashes, matches. */
export type Glob = (path: string) => boolean;

/** @throws PermanentFailure for a pattern that is too long, broken, or can never match */
export function compileGlob(pattern: string): Glob {
  if (pattern.length > MAX_PATTERN_LENGTH) throw broken(pattern, `is longer than ${MAX_PATTERN_LENGTH} characters`);
  const alternatives = expandBraces(pattern).map((alternative) => segmentsOf(alternative, pattern));
  return (path) => {
    const names = path.split('/');
    return alternatives.some((segments) => matchSequence(names, segments, SEGMENT_RULES));
  };
}

function segmentsOf(alternative: string, pattern: string): Segment[] {
  const isNameOnly = !alternative.includes('/');
  const names = (isNameOnly ? `**/${alternative}` : alternative.replace(/^\//, '')).split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..')) throw broken(pattern, 'can never match a file');
  return names.map((name) => (name === '**' ? { kind: 'folders' } : { kind: 'name', tokens: tokensOf(name, pattern) }));
}

function tokensOf(name: string, pattern: string): CharToken[] {
  const tokens: CharToken[] = [];
  const chars = Array.from(name);
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? '';
    if (char === '*') tokens.push({ kind: 'star' });
    else if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '[') {
      const end = chars.indexOf(']', at + (chars[at + 1] === '!' || chars[at + 1] === '^' ? 3 : 2));
      if (end < 0) throw broken(pattern, 'has a "[" without its "]"');
      tokens.push(classOf(chars.slice(at + 1, end)));
      at = end;
    } else if (char === '\\') {
      at += 1;
      tokens.push({ kind: 'literal', char: chars[at] ?? '\\' });
    } else tokens.push({ kind: 'literal', char });
  }
  return tokens;
}

function classOf(chars: readonly string[]): CharToken {
  const negated = chars[0] === '!' || chars[0] === '^';
  const members = negated ? chars.slice(1) : chars;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at += 1) {
    const from = members[at] ?? '';
    const to = members[at + 1] === '-' ? members[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return { kind: 'class', negated, ranges };
}

interface SequenceRules<Item, Token> {
  /** The token stands for any number of items that it accepts. */
  readonly repeats: (token: Token) => boolean;
  readonly accepts: (token: Token, item: Item) => boolean;
}

const SEGMENT_RULES: SequenceRules<string, Segment> = {
  repeats: (segment) => segment.kind === 'folders',
  accepts: (segment, name) => (segment.kind === 'folders' ? !name.startsWith('.') : matchName(segment.tokens, name)),
};

const CHAR_RULES: SequenceRules<string, CharToken> = {
  repeats: (token) => token.kind === 'star',
  accepts: (token, char) => {
    switch (token.kind) {
      case 'literal':
        return token.char === char;
      case 'class':
        return token.ranges.some(([from, to]) => from <= char && char <= to) !== token.negated;
      case 'any':
      case 'star':
        return true;
    }
  },
};

function matchName(tokens: readonly CharToken[], name: string): boolean {
  if (name.startsWith('.') && tokens[0]?.kind !== 'literal') return false;
  return matchSequence(Array.from(name), tokens, CHAR_RULES);
}

/**
 * Matches a whole sequence. After a failure only the last repeating token is made to take one item more: where that does
 * not help, an earlier one would not either.
 */
function matchSequence<Item, Token>(items: readonly Item[], tokens: readonly Token[], rules: SequenceRules<Item, Token>): boolean {
  let item = 0;
  let token = 0;
  let retry: { token: number; item: number } | null = null;
  while (item < items.length) {
    const expected = tokens[token];
    if (expected !== undefined && rules.repeats(expected)) {
      retry = { token, item };
      token += 1;
    } else if (expected !== undefined && rules.accepts(expected, items[item] as Item)) {
      item += 1;
      token += 1;
    } else {
      if (retry === null || !rules.accepts(tokens[retry.token] as Token, items[retry.item] as Item)) return false;
      retry.item += 1;
      item = retry.item;
      token = retry.token + 1;
    }
  }
  return tokens.slice(token).every(rules.repeats);
}

function broken(pattern: string, problem: string): PermanentFailure {
  return new PermanentFailure(`pattern "${pattern.slice(0, MAX_PATTERN_LENGTH)}" ${problem}`);
}
