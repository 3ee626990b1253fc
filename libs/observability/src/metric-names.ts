/** Names of all metrics, with the unit as their suffix. Dashboards and alerts rely on them. */
export const METRIC_NAMES = {
  firesPlanned: 'takt_fires_planned_total',
  firesOverdue: 'takt_fires_overdue',
  fireLateness: 'takt_fire_lateness_seconds',
  startLateness: 'takt_start_lateness_seconds',
  executions: 'takt_executions_total',
  executionDuration: 'takt_execution_duration_seconds',
  executionsRunning: 'takt_executions_running',
  attemptsRetried: 'takt_attempts_retried_total',
  executionsRescued: 'takt_executions_rescued_total',
  queueDepth: 'takt_queue_depth',
  queuesUnserved: 'takt_queues_unserved',
  workersAlive: 'takt_workers_alive',
  leader: 'takt_leader',
  leaderTerm: 'takt_leader_term',
  clockSkew: 'takt_clock_skew_seconds',
  httpRequestDuration: 'takt_http_request_duration_seconds',
} as const;
