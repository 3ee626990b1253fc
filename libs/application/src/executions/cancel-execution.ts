import { DomainError } from '#domain/errors.js';
import type { ExecutionId } from '#domain/ids.js';
import { actorOf, type AuditLog } from '../identity/audit-log.js';
import type { Caller } from '../identity/caller.js';
import { executionNotFound } from './execution-reader.js';
import type { ExecutionRepository } from './execution.repository.js';

/** Stops an execution: what waits ends at once, what runs is told to stop. */
export class CancelExecution {
  constructor(
    private readonly executions: ExecutionRepository,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @returns `cancelled` when it is over, `requested` when its worker will end it within 2 s
   * @throws DomainError `EXECUTION_NOT_FOUND`, `EXECUTION_FINISHED`
   */
  async execute(id: ExecutionId, caller: Caller): Promise<'cancelled' | 'requested'> {
    const done = await this.executions.requestCancel(id);
    if (done === null) throw executionNotFound(id);
    if (done === 'finished') throw new DomainError('EXECUTION_FINISHED', `Execution ${id} has finished already`);
    await this.audit.record({
      actor: actorOf(caller.principal),
      action: 'execution.cancelled',
      target: { type: 'execution', id },
      ip: caller.ip,
    });
    return done;
  }
}
