/** One log line for people: `12:00:01.123 info  execution.finished jobId=… durationMs=12`. Colours only on a terminal, stacks only of errors. */
import { styleText } from 'node:util';

const HIDDEN = new Set(['level', 'time', 'event', 'service', 'pid']);
const COLOURS = { error: 'red', warn: 'yellow', info: 'green', debug: 'gray' } as const;

/** Takes a JSON line, returns the readable one; a line that is no JSON stays as it is. */
export function prettyLine(line: string): string {
  const fields = parsed(line);
  if (fields === null) return line;
  const time = textOf(fields['time']).slice(11, 23);
  const rest = Object.entries(fields).filter(([name]) => !HIDDEN.has(name));
  const isError = fields['level'] === 'error';
  const stacks = isError ? rest.map(([, value]) => stackOf(value)).filter((stack) => stack !== '') : [];
  const members = rest.map(([name, value]) => `${dim(`${name}=`)}${shown(value)}`);
  return `${[[dim(time), label(textOf(fields['level'])), textOf(fields['event']), ...members].join(' '), ...stacks].join('\n')}\n`;
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function shown(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  if (stackOf(value) !== '') return JSON.stringify((value as { message?: unknown }).message);
  return JSON.stringify(value);
}

function stackOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('stack' in value)) return '';
  const causes = 'cause' in value ? stackOf(value.cause) : '';
  return [textOf(value.stack), causes === '' ? '' : `Caused by: ${causes}`].filter((part) => part !== '').join('\n');
}

function label(level: string): string {
  const text = level.padEnd(5);
  return coloured() && level in COLOURS ? styleText(COLOURS[level as keyof typeof COLOURS], text) : text;
}

function dim(text: string): string {
  return coloured() ? styleText('dim', text) : text;
}

function coloured(): boolean {
  return process.stdout.isTTY;
}
