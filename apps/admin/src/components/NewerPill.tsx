import { UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconArrowUp } from '@tabler/icons-react';
import classes from './NewerPill.module.css';

export interface NewerPillProps {
  /** Nothing is shown for 0. */
  count: number;
  /** So many or more are not counted. */
  most: number;
  /** `new execution`; an s is added. */
  what: string;
  /** Where the newest stands. @default 'top' */
  side?: 'top' | 'right';
  onShow: () => void;
}

/** What has come since the page stands still, to be shown on demand. Lies over the edge of what follows it, whose parent is positioned. */
export function NewerPill({ count, most, what, side = 'top', onShow }: NewerPillProps) {
  const Arrow = side === 'top' ? IconArrowUp : IconArrowRight;
  return (
    <div role="status" className={classes.status}>
      {count > 0 && (
        <UnstyledButton className={classes.pill} onClick={onShow}>
          <Arrow size={14} aria-hidden />
          {`${count >= most ? `${String(most)} or more` : String(count)} ${what}${count === 1 ? '' : 's'}`}
        </UnstyledButton>
      )}
    </div>
  );
}
