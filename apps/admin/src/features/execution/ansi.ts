/** What terminals make of a line: pieces with colours. Everything that is no colour is left out; nothing is ever HTML. */
import Anser from 'anser';

export interface Piece {
  readonly text: string;
  /** `red`, `bright-red` …; null is the colour of the text. Colours outside the 16 named ones are left out: nobody knows how they read on our ground. */
  readonly colour: string | null;
  readonly isBold: boolean;
  readonly isFaint: boolean;
  readonly isUnderlined: boolean;
  /** Part of what is searched for. */
  readonly isMatch: boolean;
}

const ESCAPE = '\u001b';
/** Titles and links (OSC … BEL or ST), and control sequences that are no colours. */
// eslint-disable-next-line no-control-regex -- escapes are what this is about
const NO_COLOUR = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b\[[0-9;?]*[A-Za-ln-z@`]|\u001b[()][A-Z0-9]|\u001b[=>78cDEHMZ]/g;
// eslint-disable-next-line no-control-regex -- the same
const CONTROL = /[\u0000-\u0008\u000b\u000c-\u001a\u001c-\u001f\u007f]/g;
// eslint-disable-next-line no-control-regex -- the same
const COLOUR = /\u001b\[[0-9;]*m?/g;

/** The text alone. */
export function plainText(line: string): string {
  if (!line.includes(ESCAPE)) return line.replace(CONTROL, '');
  return line.replace(NO_COLOUR, '').replace(COLOUR, '').replace(CONTROL, '').replaceAll(ESCAPE, '');
}

/** @param needle lower case; its places are marked. '' marks nothing */
export function piecesOf(line: string, needle = ''): Piece[] {
  return marked(coloured(line), needle);
}

function coloured(line: string): Piece[] {
  if (!line.includes(ESCAPE)) return [{ text: line.replace(CONTROL, ''), ...PLAIN }];
  const pieces: Piece[] = [];
  for (const entry of Anser.ansiToJson(line.replace(NO_COLOUR, ''), { use_classes: true, remove_empty: true, json: true })) {
    const text = plainText(entry.content);
    if (text === '') continue;
    const { decorations } = entry;
    pieces.push({ text, colour: colourOf(entry.fg), isBold: decorations.includes('bold'), isFaint: decorations.includes('dim'), isUnderlined: decorations.includes('underline'), isMatch: false });
  }
  return pieces;
}

const PLAIN = { colour: null, isBold: false, isFaint: false, isUnderlined: false, isMatch: false };
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

function colourOf(name: string | null): string | null {
  const found = /^ansi-(bright-)?([a-z]+)$/.exec(name ?? '');
  const base = found?.[2] ?? '';
  return COLOURS.includes(base) ? `${found?.[1] ?? ''}${base}` : null;
}

function marked(pieces: readonly Piece[], needle: string): Piece[] {
  const whole = pieces.map(({ text }) => text).join('').toLowerCase();
  if (needle === '' || !whole.includes(needle)) return [...pieces];
  const places: [from: number, to: number][] = [];
  for (let at = whole.indexOf(needle); at !== -1; at = whole.indexOf(needle, at + needle.length)) places.push([at, at + needle.length]);
  let start = 0;
  return pieces.flatMap((piece) => {
    const end = start + piece.text.length;
    const cuts = new Set([start, end, ...places.flat().filter((cut) => cut > start && cut < end)]);
    const edges = [...cuts].sort((a, b) => a - b);
    const from = start;
    start = end;
    return edges.slice(0, -1).map((edge, at) => ({
      ...piece,
      text: piece.text.slice(edge - from, (edges[at + 1] ?? end) - from),
      isMatch: places.some(([first, last]) => edge >= first && edge < last),
    }));
  });
}
