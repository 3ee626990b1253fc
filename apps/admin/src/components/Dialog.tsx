'use client';
import { Modal } from '@mantine/core';
import classes from './Dialog.module.css';

export interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Mantine's width of the dialog. @default 'md' */
  size?: string;
  /** False while leaving would lose something: only its buttons close it. @default true */
  isLightlyClosed?: boolean;
  children: React.ReactNode;
}

/** A dialog. Its head is no `header` element: inside a dialog that counts as a second banner of the page. */
export function Dialog({ opened, onClose, title, size = 'md', isLightlyClosed = true, children }: DialogProps) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} closeOnClickOutside={isLightlyClosed} closeOnEscape={isLightlyClosed}>
      <Modal.Overlay />
      <Modal.Content className={classes.content ?? ''}>
        <div className={classes.head}>
          <Modal.Title>{title}</Modal.Title>
          {isLightlyClosed && <Modal.CloseButton aria-label="Close" />}
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
