/**
 * The scheduler role of an API process: two alarms that wake one planner, and the candidacy for leadership. Instances do
 * not know of each other; what they share is in Postgres. Tests switch either alarm off.
 */
import type { InstanceId } from '#domain/ids.js';
import type { Alarm } from '#application/scheduling/alarm.js';
import type { Leadership } from '#application/scheduling/leadership.js';
import type { Logger } from '#observability/logger.js';
import type { NotificationListener } from '#persistence/listener.js';
import type { TickConsumer } from '#queue/tick-consumer.js';
import type { InstanceHeartbeat } from './instance-heartbeat.js';
import type { LeaderDuties } from './leader-duties.js';

export interface SchedulerRoleParts {
  readonly id: InstanceId;
  readonly heartbeat: InstanceHeartbeat;
  /** Null: switched off. */
  readonly alarm: Alarm | null;
  /** Null: switched off. */
  readonly ticks: TickConsumer | null;
  readonly leadership: Leadership;
  readonly duties: LeaderDuties;
  readonly changes: NotificationListener;
  readonly log: Logger;
}

export class SchedulerRole {
  private isStarted = false;

  constructor(private readonly parts: SchedulerRoleParts) {}

  async start(): Promise<void> {
    const { id, heartbeat, leadership, duties, alarm, ticks, changes, log } = this.parts;
    await heartbeat.start();
    this.isStarted = true;
    leadership.start();
    duties.start();
    changes.start();
    alarm?.start();
    ticks?.start();
    log.info('scheduler.started', { instanceId: id });
  }

  /** Leaves in order: a follower leads within two seconds. */
  async stop(): Promise<void> {
    if (!this.isStarted) return;
    const { alarm, ticks, changes, duties, leadership, heartbeat, log } = this.parts;
    await changes.close();
    await alarm?.stop();
    await duties.stop();
    await leadership.stop();
    await heartbeat.stop();
    await ticks?.stop().catch((error: unknown) => {
      log.warn('scheduler.ticks_stop_failed', { error });
    });
    log.info('scheduler.stopped', {});
  }
}
