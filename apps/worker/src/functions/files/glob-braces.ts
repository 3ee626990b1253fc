import { PermanentFailure } from '#executors/functions/task-function.js';

/** Patterns that one with braces may stand for. */
const MAX_ALTERNATIVES = 256;

/**
 * Writes `{a,b}` out, inner ones first come first: `x{a,b{c,d}}` becomes `xa`, `xbc`, `xbd`. Braces behind a backslash and
 * those without a comma or an end mean themselves.
 *
 * @throws PermanentFailure when there are more than 256
 */
export function expandBraces(pattern: string): string[] {
  const done: string[] = [];
  const waiting = [pattern];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const group = firstGroup(next);
    if (group === null) done.push(next);
    else waiting.push(...group.options.map((option) => group.before + option + group.after).reverse());
    if (done.length + waiting.length > MAX_ALTERNATIVES) {
      throw new PermanentFailure(`pattern "${pattern}" stands for more than ${MAX_ALTERNATIVES} patterns`);
    }
  }
  return done;
}

interface Group {
  readonly before: string;
  readonly options: readonly string[];
  readonly after: string;
}

function firstGroup(pattern: string): Group | null {
  for (let start = 0; start < pattern.length; start += 1) {
    if (pattern[start] === '\\') start += 1;
    else if (pattern[start] === '{') {
      const group = groupAt(pattern, start);
      if (group !== null) return group;
    }
  }
  return null;
}

/** The group that begins at a brace; null when it has no end or nothing to choose from. */
function groupAt(pattern: string, start: number): Group | null {
  const options: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char === '\\') at += 1;
    else if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    if ((char === ',' && depth === 1) || depth === 0) {
      options.push(pattern.slice(from, at));
      from = at + 1;
    }
    if (depth === 0) return options.length < 2 ? null : { before: pattern.slice(0, start), options, after: pattern.slice(at + 1) };
  }
  return null;
}
