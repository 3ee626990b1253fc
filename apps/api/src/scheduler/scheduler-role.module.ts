import { hostname } from 'node:os';
import { Module } from '@nestjs/common';
import { Clock } from '#domain/clock.js';
import { newId, type InstanceId } from '#domain/ids.js';
import { VERSION } from '#domain/version.js';
import { Admission } from '#application/scheduling/admission.js';
import { Alarm } from '#application/scheduling/alarm.js';
import { Dispatcher } from '#application/scheduling/dispatcher.js';
import { Leadership, LeaseStore } from '#application/scheduling/leadership.js';
import { Maintenance, MaintenanceStore } from '#application/scheduling/maintenance.js';
import { Outbox } from '#application/scheduling/outbox.js';
import { PlanStore } from '#application/scheduling/plan-store.js';
import { Planner, Sender } from '#application/scheduling/planner.js';
import { RegistrationStore, ScheduleRegistrar } from '#application/scheduling/schedule-registrar.js';
import { SchedulerRegistry } from '#application/scheduling/scheduler-status.js';
import { Logger } from '#observability/logger.js';
import { Metrics } from '#observability/metrics.js';
import { NotificationListener } from '#persistence/listener.js';
import { JOBS_CHANNEL } from '#persistence/notifications.js';
import { QueueBackend } from '#queue/queue-backend.js';
import { TickConsumer } from '#queue/tick-consumer.js';
import { ApiSettings } from '../api-settings.js';
import { InstanceHeartbeat } from './instance-heartbeat.js';
import { LeaderDuties } from './leader-duties.js';
import { PlannerMetrics } from './planner-observer.js';
import { SchedulerRole } from './scheduler-role.js';

/** Wires the scheduler role; `main.ts` starts it when the API listens. */
@Module({
  providers: [
    {
      provide: PlannerMetrics,
      inject: [Logger, Metrics],
      useFactory: (log: Logger, metrics: Metrics) => new PlannerMetrics(log, metrics),
    },
    {
      provide: Planner,
      inject: [PlanStore, Sender, PlannerMetrics, Admission],
      useFactory: (store: PlanStore, sender: Sender, observer: PlannerMetrics, admission: Admission) =>
        new Planner(store, sender, observer, admission),
    },
    {
      provide: Maintenance,
      inject: [
        MaintenanceStore,
        Admission,
        Outbox,
        Dispatcher,
        Sender,
        RegistrationStore,
        ScheduleRegistrar,
        ApiSettings,
        Logger,
        Metrics,
      ],
      useFactory: createMaintenance,
    },
    {
      provide: SchedulerRole,
      inject: [ApiSettings, Planner, PlanStore, Maintenance, LeaseStore, SchedulerRegistry, QueueBackend, Clock, Logger, Metrics],
      useFactory: createSchedulerRole,
    },
  ],
  exports: [SchedulerRole],
})
export class SchedulerRoleModule {}

function createMaintenance(
  store: MaintenanceStore,
  admission: Admission,
  outbox: Outbox,
  dispatcher: Dispatcher,
  sender: Sender,
  registrations: RegistrationStore,
  registrar: ScheduleRegistrar,
  settings: ApiSettings,
  log: Logger,
  metrics: Metrics,
): Maintenance {
  return new Maintenance({
    store,
    admission,
    outbox,
    dispatcher,
    sender,
    registrations,
    registrar,
    retentionDays: settings.environment.retentionDays ?? 0,
    observer: {
      did: (duty, count) => {
        if (duty === 'rescue') metrics.countRescues(count);
        log.info(`maintenance.${duty}`, { count });
      },
      failed: (duty, error) => {
        log.error(`maintenance.${duty}_failed`, { error });
      },
    },
  });
}

function createSchedulerRole(
  settings: ApiSettings,
  planner: Planner,
  plans: PlanStore,
  maintenance: Maintenance,
  leases: LeaseStore,
  registry: SchedulerRegistry,
  queues: QueueBackend,
  clock: Clock,
  log: Logger,
  metrics: Metrics,
): SchedulerRole {
  const id = newId<InstanceId>();
  const alarm = new Alarm(planner, plans, (error) => {
    log.error('plan.failed', { error });
  });
  const leadership: Leadership = new Leadership(id, leases, clock, {
    elected: ({ term }) => {
      metrics.setLeadership({ isLeader: true, term });
      log.info('leader.elected', { instanceId: id, term });
      duties.hurry();
    },
    deposed: ({ term }) => {
      metrics.setLeadership({ isLeader: false, term });
      log.info('leader.deposed', { instanceId: id, term });
    },
    failed: (error) => {
      log.warn('leader.campaign_failed', { error });
    },
  });
  const duties = new LeaderDuties(leadership, maintenance);
  const onChange = (): void => {
    alarm.rearm();
    duties.noteJobChange();
  };
  const ticks = new TickConsumer(queues, () => {
    planner.planDue().catch((error: unknown) => {
      log.error('plan.failed', { error });
    });
  });
  const changes = new NotificationListener({
    url: settings.environment.databaseUrl,
    applicationName: 'takt-scheduler-listener',
    channels: { [JOBS_CHANNEL]: onChange },
    onConnected: onChange,
    onError: (error) => {
      log.warn('scheduler.listener_lost', { error });
    },
  });
  return new SchedulerRole({
    id,
    heartbeat: new InstanceHeartbeat({ id, hostname: hostname(), pid: process.pid, version: VERSION }, registry, log, metrics),
    alarm: settings.alarms.timer ? alarm : null,
    ticks: settings.alarms.ticks ? ticks : null,
    leadership,
    duties,
    changes,
    log,
  });
}
