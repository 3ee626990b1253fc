import { UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconArrowUp } from '@tabler/icons-react';
import classes from './HeldPill.module.css';

export interface HeldPillProps {
  /** What the page would show if it did not stand still; null when it is what it shows. */
  text: string | null;
  /** Where that would stand. @default 'top' */
  side?: 'top' | 'right';
  onShow: () => void;
}

/** Says that a page stands still, and ends it. Lies over the edge of what follows it, whose parent is positioned. */
export function HeldPill({ text, side = 'top', onShow }: HeldPillProps) {
  const Arrow = side === 'top' ? IconArrowUp : IconArrowRight;
  return (
    <div role="status" className={classes.status}>
      {text !== null && (
        <UnstyledButton className={classes.pill} onClick={onShow}>
          <Arrow size={14} aria-hidden />
          {text}
        </UnstyledButton>
      )}
    </div>
  );
}
