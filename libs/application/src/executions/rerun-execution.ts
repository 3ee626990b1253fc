import type { ExecutionId, JobId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import { actorOf, type AuditLog } from '../identity/audit-log.js';
import type { Caller } from '../identity/caller.js';
import { executionNotFound } from './execution-reader.js';
import type { ExecutionRepository } from './execution.repository.js';
import type { Triggered, TriggerJob } from './trigger-job.js';

/** Starts the job of an execution once more, with the arguments that it had. */
export class RerunExecution {
  constructor(
    private readonly executions: ExecutionRepository,
    private readonly triggerJob: TriggerJob,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param args instead of those of the execution
   * @throws DomainError `EXECUTION_NOT_FOUND`, and those of `TriggerJob`
   */
  async execute(id: ExecutionId, caller: Caller, args?: JsonObject): Promise<Triggered & { readonly jobId: JobId }> {
    const execution = await this.executions.find(id);
    if (execution === null) throw executionNotFound(id);
    const triggered = await this.triggerJob.execute(execution.jobId, caller, args ?? execution.args ?? {});
    await this.audit.record({
      actor: actorOf(caller.principal),
      action: 'execution.rerun',
      target: { type: 'execution', id },
      ip: caller.ip,
      details: { executionId: triggered.executionId },
    });
    return { ...triggered, jobId: execution.jobId };
  }
}
