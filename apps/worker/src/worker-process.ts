/**
 * The life of a worker process. Start: registered, leases kept, listening for cancellations, then consuming. Drain: takes
 * nothing new, lets what runs finish for `drainTimeoutMs`, breaks off the rest (its leases end at once and the leader gives
 * it to another worker), and is gone.
 */
import type { ExecutionRunner } from '#application/running/execution-runner.js';
import { StopReason, type Executor } from '#application/running/executor.js';
import type { LeaseKeeper } from '#application/running/lease-keeper.js';
import type { LogShipper } from '#application/running/log-shipper.js';
import type { RunningSet } from '#application/running/running-set.js';
import type { WorkerDescription } from '#application/workers/worker-registry.js';
import type { Logger } from '#observability/logger.js';
import type { NotificationListener } from '#persistence/listener.js';
import type { QueueConsumers } from './consumers/queue-consumers.js';
import type { Heartbeat } from './heartbeat.js';

/** What is broken off gets this long to stop its processes, milliseconds. */
const BREAK_OFF_MS = 10_000;
const LOOK_MS = 50;

export interface WorkerProcessParts {
  readonly describe: () => Promise<WorkerDescription>;
  readonly consumers: QueueConsumers;
  readonly runner: ExecutionRunner;
  readonly running: RunningSet;
  readonly leases: LeaseKeeper;
  readonly heartbeat: Heartbeat;
  readonly cancellations: NotificationListener;
  readonly executors: Executor;
  /** What runs the processes of tasks. */
  readonly supervisor: { close(): Promise<void> };
  readonly logs: LogShipper;
  readonly log: Logger;
  readonly drainTimeoutMs: number;
}

export class WorkerProcess {
  constructor(private readonly parts: WorkerProcessParts) {}

  /** Resolves when the worker takes executions. */
  async start(): Promise<void> {
    const { leases, cancellations, heartbeat, consumers, log } = this.parts;
    const description = await this.parts.describe();
    await heartbeat.start(description);
    leases.start();
    cancellations.start();
    await consumers.follow();
    log.info('worker.started', { ...description });
  }

  /** Lets go of everything; resolves when nothing runs here any more. Never throws. */
  async drain(): Promise<void> {
    const { consumers, heartbeat, running, runner, leases, cancellations, logs, log } = this.parts;
    log.info('worker.draining', { running: running.size });
    runner.close();
    await consumers.pause().catch(this.note('pause'));
    await heartbeat.end('draining');
    await this.becomeIdle(this.parts.drainTimeoutMs);
    if (running.size > 0) {
      log.warn('worker.breaking_off', { running: running.size });
      running.stopAll(new StopReason('shutdown', 'the worker was shut down'));
      await this.becomeIdle(BREAK_OFF_MS);
    }
    await leases.stop();
    await cancellations.close();
    await this.parts.executors.close().catch(this.note('close_executors'));
    await this.parts.supervisor.close().catch(this.note('close_supervisor'));
    await logs.flush();
    await heartbeat.end('stopped');
    log.info('worker.stopped', {});
  }

  private async becomeIdle(withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (this.parts.running.size > 0 && performance.now() < until) {
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_MS);
      });
    }
  }

  private note(what: string): (error: unknown) => void {
    return (error) => {
      this.parts.log.warn(`worker.${what}_failed`, { error });
    };
  }
}
