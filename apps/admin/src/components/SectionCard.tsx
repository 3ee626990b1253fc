import { useId } from 'react';
import classes from './SectionCard.module.css';

export interface SectionCardProps {
  title?: React.ReactNode;
  description?: React.ReactNode;
  /** At the right of the title. */
  actions?: React.ReactNode;
  /** Content up to the border, for tables and lists. */
  flush?: boolean;
  children: React.ReactNode;
}

/** A titled region of a page. */
export function SectionCard({ title, description, actions, flush = false, children }: SectionCardProps) {
  const id = useId();
  return (
    <section className={classes.card} {...(title === undefined ? {} : { 'aria-labelledby': id })}>
      {title !== undefined && (
        <div className={classes.head}>
          <div>
            <h2 id={id} className={classes.title}>
              {title}
            </h2>
            {description !== undefined && <div className={classes.description}>{description}</div>}
          </div>
          {actions}
        </div>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
