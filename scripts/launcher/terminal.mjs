/** What the launcher says: its own lines, the services' lines with a coloured prefix, failures that end the start. */
import { styleText } from 'node:util';

const SERVICE_COLOURS = ['cyan', 'magenta', 'blue', 'green', 'yellow'];
const PREFIX_WIDTH = 8;
const prefixes = new Map();

/** A failure that is told in words and needs no stack. `exitCode` becomes the launcher's. */
export class StartError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'StartError';
    this.exitCode = exitCode;
  }
}

/** Colours only where somebody sees them: NO_COLOR and FORCE_COLOR as everywhere, else whether it is a terminal. */
export function coloured(style, text) {
  if (process.env.NO_COLOR) return text;
  if (!process.env.FORCE_COLOR && !process.stdout.isTTY) return text;
  return styleText(style, text);
}

export function say(text = '') {
  process.stdout.write(`${text}\n`);
}

/** A step of the start; call the returned function when it is done. */
export function step(title) {
  const startedAt = performance.now();
  return (result = '') => say(`${coloured('green', '✓')} ${title}${result === '' ? '' : ` ${result}`} ${coloured('dim', `(${seconds(startedAt)})`)}`);
}

export function warn(text) {
  say(`${coloured('yellow', '!')} ${text}`);
}

/** One line of a service's output. */
export function serviceLine(service, line) {
  if (!prefixes.has(service)) {
    const colour = SERVICE_COLOURS[prefixes.size % SERVICE_COLOURS.length];
    prefixes.set(service, coloured(colour, `${service.padEnd(PREFIX_WIDTH)} │`));
  }
  say(`${prefixes.get(service)} ${highlighted(line)}`);
}

export function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** The level is the second word of a readable line and a member of a JSON one. */
function highlighted(line) {
  if (/^\S+ error |"level":"error"/.test(line)) return coloured('red', line);
  return /^\S+ warn {2}|"level":"warn"/.test(line) ? coloured('yellow', line) : line;
}
