import type { WorkerRecord } from '#application/workers/worker-registry.js';
import type { WorkerId } from '#domain/ids.js';
import { expect, test } from 'vitest';
import { presentWorker, presentWorkerPage, presentWorkerStats } from './worker.presenter.js';

const worker: WorkerRecord = {
  id: '550e8400-e29b-41d4-a716-446655440000' as WorkerId,
  name: 'worker-001',
  hostname: 'worker-node-1',
  ipAddress: '192.168.1.100',
  pid: 7,
  version: '1',
  queues: ['default'],
  taskTypes: ['shell', 'http', 'python'],
  concurrency: 10,
  isolation: null,
  status: 'alive',
  slotsInUse: 3,
  clockSkewMs: 0,
  registeredAt: new Date('2024-01-01T00:00:00Z'),
  lastHeartbeatAt: new Date('2024-01-01T12:00:00Z'),
  isAlive: true,
  uptimeMs: 86_400_999,
};
const statistics = {
  succeeded: 145,
  failed: 4,
  cancelled: 1,
  averageDurationMs: 45_000.4,
  last24Hours: 24,
  last7Days: 168,
  lastFinishedAt: new Date('2024-01-01T11:45:00Z'),
};

test('a worker reads as in the document', () => {
  expect(presentWorker(worker)).toEqual({
    id: worker.id,
    name: 'worker-001',
    hostname: 'worker-node-1',
    ip_address: '192.168.1.100',
    supported_task_types: ['shell', 'http', 'python'],
    max_concurrent_tasks: 10,
    current_task_count: 3,
    status: 'Alive',
    load_percentage: 30,
    last_heartbeat: '2024-01-01T12:00:00.000Z',
    registered_at: '2024-01-01T00:00:00.000Z',
  });
});

test('a worker that is down does nothing', () => {
  expect(presentWorker({ ...worker, isAlive: false })).toMatchObject({ status: 'Down', current_task_count: 0, load_percentage: 0 });
});

test('a page says how many pages there are', () => {
  expect(presentWorkerPage([worker], 41, { page: 2, perPage: 20 })).toMatchObject({ total: 41, page: 2, page_size: 20, total_pages: 3 });
  expect(presentWorkerPage([], 0, { page: 1, perPage: 20 })).toEqual({ items: [], total: 0, page: 1, page_size: 20, total_pages: 0 });
});

test('statistics read as in the document', () => {
  expect(presentWorkerStats(worker, statistics)).toEqual({
    total_tasks_executed: 150,
    successful_tasks: 145,
    failed_tasks: 5,
    success_rate: 96.67,
    average_execution_time_ms: 45_000,
    current_load_percentage: 30,
    uptime_seconds: 86_400,
    tasks_last_24h: 24,
    tasks_last_7d: 168,
    last_task_completed: '2024-01-01T11:45:00.000Z',
  });
});

test('statistics of nothing are zero', () => {
  const none = { succeeded: 0, failed: 0, cancelled: 0, averageDurationMs: null, last24Hours: 0, last7Days: 0, lastFinishedAt: null };
  expect(presentWorkerStats(worker, none)).toMatchObject({ success_rate: 0, average_execution_time_ms: 0, last_task_completed: null });
});
