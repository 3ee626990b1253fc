'use client';
/** Short messages that come and go. */
import { notifications } from '@mantine/notifications';
import { ApiError } from '@/api/client';

export function tellDone(message: string, title?: string): void {
  notifications.show({ message, color: 'green', autoClose: 4_000, withBorder: true, role: 'status', closeButtonProps: { 'aria-label': 'Close' }, ...(title === undefined ? {} : { title }) });
}

/** @param what did not work: `The job was not started` */
export function tellError(what: string, error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  const request = error instanceof ApiError && error.requestId !== null ? ` (request ${error.requestId})` : '';
  notifications.show({ title: what, message: `${detail}${request}`, color: 'red', autoClose: 10_000, withBorder: true, role: 'alert', closeButtonProps: { 'aria-label': 'Close' } });
}
