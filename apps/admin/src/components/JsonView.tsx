import { CopyButton } from './CopyButton';
import classes from './JsonView.module.css';

/** JSON, indented, with its parts told apart by colour. Null and undefined show `empty`. */
export function JsonView({ value, what = 'JSON', empty = 'None' }: { value: unknown; what?: string; empty?: string }) {
  if (value === null || value === undefined) return <span className={classes.empty}>{empty}</span>;
  const text = JSON.stringify(value, null, 2);
  return (
    <div className={classes.frame}>
      <div className={classes.copy}>
        <CopyButton value={text} what={what} />
      </div>
      {/* A region that scrolls must be reachable by keyboard. */}
      <pre className={classes.code} tabIndex={0} role="region" aria-label={what}>
        {tokens(text).map(({ kind, text: part }, at) => (kind === 'plain' ? part : <span key={at} className={classes[kind]}>{part}</span>))}
      </pre>
    </div>
  );
}

type Kind = 'plain' | 'name' | 'string' | 'literal';
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

function tokens(text: string): { kind: Kind; text: string }[] {
  const found: { kind: Kind; text: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) found.push({ kind: 'plain', text: text.slice(end, match.index) });
    found.push({ kind: match[1] === undefined ? 'literal' : match[2] === undefined ? 'string' : 'name', text: match[0] });
    end = match.index + match[0].length;
  }
  return [...found, { kind: 'plain', text: text.slice(end) }];
}
