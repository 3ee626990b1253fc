import classes from './Tag.module.css';

/** A name in a small frame: a queue, a permission, a kind. */
export function Tag({ children, icon }: { children: React.ReactNode; icon?: React.ReactNode }) {
  return (
    <span className={classes.tag}>
      {icon}
      {children}
    </span>
  );
}

/** Several of them, wrapped. @param most how many are shown; the rest is counted, their names are in the title */
export function Tags({ names, most = Infinity, empty = '–' }: { names: readonly string[]; most?: number; empty?: React.ReactNode }) {
  if (names.length === 0) return <>{empty}</>;
  const rest = names.slice(most);
  return (
    <span className={classes.tags}>
      {names.slice(0, most).map((name) => (
        <Tag key={name}>{name}</Tag>
      ))}
      {rest.length > 0 && (
        <span className={classes.rest} title={rest.join(', ')}>
          {`+${String(rest.length)}`}
        </span>
      )}
    </span>
  );
}
