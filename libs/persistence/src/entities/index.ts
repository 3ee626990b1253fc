import { DeletedJobEntity } from './deleted-job.entity.js';
import { ExecutionAttemptEntity } from './execution-attempt.entity.js';
import { ExecutionGapEntity } from './execution-gap.entity.js';
import { ExecutionLogEntity } from './execution-log.entity.js';
import { ExecutionRollupEntity, ExecutionRollupProgressEntity } from './execution-rollup.entity.js';
import { ExecutionEntity } from './execution.entity.js';
import { JobDependencyEntity } from './job-dependency.entity.js';
import { JobScheduleHistoryEntity } from './job-schedule-history.entity.js';
import { JobTypeEntity } from './job-type.entity.js';
import { LeaderLeaseEntity } from './leader-lease.entity.js';
import { RateLimitEntity } from './rate-limit.entity.js';
import { ScheduleRegistrationEntity } from './schedule-registration.entity.js';
import { ScheduledJobEntity } from './scheduled-job.entity.js';
import { SchedulerInstanceEntity } from './scheduler-instance.entity.js';
import { TaskFunctionEntity } from './task-function.entity.js';
import { WorkerRollupEntity, WorkerRollupProgressEntity } from './worker-rollup.entity.js';
import { WorkerEntity } from './worker.entity.js';

/** The tables of the platform itself; those of users and keys are `identityEntities`. */
export const platformEntities = [
  TaskFunctionEntity,
  JobTypeEntity,
  ScheduledJobEntity,
  ExecutionEntity,
  ExecutionAttemptEntity,
  ExecutionGapEntity,
  ExecutionLogEntity,
  ExecutionRollupEntity,
  ExecutionRollupProgressEntity,
  JobDependencyEntity,
  JobScheduleHistoryEntity,
  ScheduleRegistrationEntity,
  WorkerEntity,
  SchedulerInstanceEntity,
  LeaderLeaseEntity,
  RateLimitEntity,
  WorkerRollupEntity,
  WorkerRollupProgressEntity,
  DeletedJobEntity,
];
