import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { SchedulerStatus } from '@/api/types';
import { leaderNotice } from './leader-notice';

/** Says plainly when nothing fires, and when more is late than should be. */
export function LeaderNotice({ status }: { status: SchedulerStatus | undefined }) {
  const notice = status === undefined ? null : leaderNotice(status);
  if (notice === null) return null;
  return (
    <Alert role="alert" variant="outline" color={notice.isDown ? 'red' : 'yellow'} icon={<IconAlertTriangle size={18} aria-hidden />} title={notice.title} mb="md" styles={{ title: { color: 'var(--text)' }, message: { color: 'var(--text)' } }}>
      {notice.text}
    </Alert>
  );
}
