import { Metrics } from '#observability/metrics.js';
import { expect, it } from 'vitest';
import { freePort } from '../../../test/e2e/product.js';
import { MetricsServer } from './metrics-server.js';

it("shows a worker's metrics and that it lives, and nothing else", async () => {
  const metrics = new Metrics({ service: 'worker', process: false });
  metrics.countExecutionFinished('success');
  const port = await freePort();
  await new MetricsServer(metrics).start(port, '127.0.0.1');
  const get = async (path: string): Promise<Response> => fetch(`http://127.0.0.1:${String(port)}${path}`);
  expect(await (await get('/metrics')).text()).toContain('takt_executions_total{status="success",service="worker"} 1');
  expect((await get('/health/live')).status).toBe(200);
  expect((await get('/')).status).toBe(404);
});
