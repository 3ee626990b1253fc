import { expect, test } from 'vitest';
import { PlatformMetrics } from './platform-metrics.js';

test('platform metrics read as the document prints them, however often they are set', async () => {
  const metrics = new PlatformMetrics();
  const totals = {
    tasks: { active: 120, inactive: 30 },
    taskRuns: { completed: 1250, failed: 85 },
    workers: { alive: 4, down: 1 },
  };
  metrics.set(totals);
  metrics.set(totals);
  expect((await metrics.render()).trim()).toBe(`# HELP scheduler_tasks_total Total number of tasks
# TYPE scheduler_tasks_total counter
scheduler_tasks_total{status="active"} 120
scheduler_tasks_total{status="inactive"} 30

# HELP scheduler_task_runs_total Total number of task runs
# TYPE scheduler_task_runs_total counter
scheduler_task_runs_total{status="completed"} 1250
scheduler_task_runs_total{status="failed"} 85

# HELP scheduler_workers_total Total number of workers
# TYPE scheduler_workers_total gauge
scheduler_workers_total{status="alive"} 4
scheduler_workers_total{status="down"} 1`);
});
