import { IconFilterOff, IconInbox, type Icon } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import classes from './EmptyState.module.css';

/** Nothing is there yet: says what would be, and how to begin. */
export function NothingYet({ title, children, action, icon: Icon = IconInbox }: { title: string; children?: React.ReactNode; action?: React.ReactNode; icon?: Icon }) {
  return (
    <div className={classes.empty}>
      <Icon size={28} stroke={1.4} aria-hidden className={classes.icon} />
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}

/** There is something, but the filters hide all of it. */
export function NothingMatches({ what, onClear }: { what: string; onClear: () => void }) {
  return (
    <NothingYet
      title={`No ${what} match these filters`}
      icon={IconFilterOff}
      action={
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      }
    />
  );
}
