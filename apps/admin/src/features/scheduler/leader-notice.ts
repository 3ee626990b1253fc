import type { SchedulerStatus } from '@/api/types';

export interface LeaderNoticeText {
  readonly title: string;
  readonly text: string;
  /** Nothing fires at all; else it is only late. */
  readonly isDown: boolean;
}

/** What must be said above everything else; null when all is well. */
export function leaderNotice(status: Pick<SchedulerStatus, 'leaderInstance' | 'overdueJobs'> & { instances: readonly unknown[] }): LeaderNoticeText | null {
  const late = status.overdueJobs === 1 ? '1 job is past its time' : `${String(status.overdueJobs)} jobs are past their time`;
  if (status.leaderInstance === null) {
    const waiting = status.overdueJobs === 0 ? 'Nothing is past its time yet.' : `${late}.`;
    return status.instances.length === 0
      ? { isDown: true, title: 'No scheduler is running: no job fires', text: `${waiting} Start an API instance with the scheduler switched on; what was missed is then caught up as each job says.` }
      : { isDown: true, title: 'Nobody leads: no job fires at the moment', text: `${waiting} One of the instances takes over within 15 seconds after the last leader fell silent. If this stays, look at the health of the database below.` };
  }
  if (status.overdueJobs > 0) return { isDown: false, title: late, text: 'The leader is there, but behind. It fires what is late first; if the number does not fall, look at the health below.' };
  return null;
}
