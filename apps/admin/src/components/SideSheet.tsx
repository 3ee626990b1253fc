'use client';
import { Drawer } from '@mantine/core';
import classes from './SideSheet.module.css';

export interface SideSheetProps {
  opened: boolean;
  onClose: () => void;
  title: React.ReactNode;
  children: React.ReactNode;
}

/** Details at the right edge, over the page. Its head is no `header` element, for the reason that `Dialog` gives. */
export function SideSheet({ opened, onClose, title, children }: SideSheetProps) {
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size="lg">
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.head}>
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
