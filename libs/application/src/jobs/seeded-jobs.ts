import type { JobId } from '#domain/ids.js';
import type { NewJobInput } from './define-job.js';

/** The jobs that a new installation starts with (rulings: "Seeded jobs, all interval and enabled"). */
export const SEEDED_JOBS: readonly { readonly id: JobId; readonly input: NewJobInput; readonly timeoutMs: number }[] = [
  {
    id: '550e8400-e29b-41d4-a716-446655440000' as JobId,
    timeoutMs: 600_000,
    input: {
      name: 'Domain User Sync (Hourly)',
      description: 'Synchronize domain users from Active Directory every hour',
      taskFunctionId: 1,
      jobTypeId: 1,
      scheduleConfig: { hours: 1, minutes: 0, seconds: 0 },
    },
  },
  {
    id: '550e8400-e29b-41d4-a716-446655440001' as JobId,
    timeoutMs: 300_000,
    input: {
      name: 'Token Cleanup (Daily)',
      description: 'Remove expired refresh tokens and sessions every day',
      taskFunctionId: 2,
      jobTypeId: 1,
      scheduleConfig: { hours: 24, minutes: 0, seconds: 0 },
      args: { retention_days: 7 },
    },
  },
  {
    id: '550e8400-e29b-41d4-a716-446655440002' as JobId,
    timeoutMs: 300_000,
    input: {
      name: 'Desktop Session Cleanup (Every Minute)',
      description: 'Close sessions of agents that stopped sending heartbeats',
      taskFunctionId: 3,
      jobTypeId: 1,
      scheduleConfig: { hours: 0, minutes: 1, seconds: 0 },
      args: { timeout_minutes: 2 },
    },
  },
  {
    id: '550e8400-e29b-41d4-a716-446655440003' as JobId,
    timeoutMs: 300_000,
    input: {
      name: 'Deployment Job Cleanup (30s)',
      description: 'Close executions that wait for a start that never comes',
      taskFunctionId: 4,
      jobTypeId: 1,
      scheduleConfig: { hours: 0, minutes: 0, seconds: 30 },
    },
  },
];
