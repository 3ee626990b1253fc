import { describe, expect, it } from 'vitest';
import type { SchedulerInstance } from '@/api/types';
import { leaderNotice } from './leader-notice';

const leader = { id: 'a' } as SchedulerInstance;

describe('what is said about the leader', () => {
  it('is nothing when one leads and nothing is late', () => {
    expect(leaderNotice({ leaderInstance: leader, overdueJobs: 0, instances: [leader] })).toBeNull();
  });

  it('names late jobs', () => {
    expect(leaderNotice({ leaderInstance: leader, overdueJobs: 1, instances: [leader] })).toMatchObject({ isDown: false, title: '1 job is past its time' });
    expect(leaderNotice({ leaderInstance: leader, overdueJobs: 3, instances: [leader] })?.title).toBe('3 jobs are past their time');
  });

  it('tells a change of leaders from no scheduler at all', () => {
    expect(leaderNotice({ leaderInstance: null, overdueJobs: 0, instances: [leader] })).toMatchObject({ isDown: true, title: 'Nobody leads: no job fires at the moment' });
    expect(leaderNotice({ leaderInstance: null, overdueJobs: 2, instances: [] })).toMatchObject({ isDown: true, title: 'No scheduler is running: no job fires' });
  });
});
