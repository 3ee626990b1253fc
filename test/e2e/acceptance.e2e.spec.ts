/** The promises of the README, kept by the product as `npm start` starts it, on both queue backends. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisCommand, startRedis, type RedisHandle } from '../../scripts/stores/redis.mjs';
import { doubledOccurrences, missingOccurrences, NativeClient } from './client.js';
import { eventually, startProduct, type Product } from './product.js';

const RESCUE_LIMIT_MS = 30_000;
const RESUME_LIMIT_MS = 5_000;
/** An attempt that the queue lost is searched for after so long. */
const SEARCH_FOR_LOST_MS = 15_000;

const server = process.env['TEST_REDIS_SERVER'] ?? '';
const sharedLibraries = process.env['TEST_REDIS_LIBRARY_PATH'] ?? null;
const hasRedis = server !== '' || process.env['REQUIRE_REDIS'] === '1';
const backends = hasRedis ? (['postgres', 'redis'] as const) : (['postgres'] as const);

/** Numbers of live processes whose command line has the word in it. */
function processesWith(word: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandOf(name).includes(word));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe.each(backends)('Takt on %s', (backend) => {
  let product: Product;
  let client: NativeClient;
  let redis: RedisHandle | null = null;
  const scratch = mkdtempSync(join(tmpdir(), 'takt-acceptance-'));

  beforeAll(async () => {
    if (backend === 'redis') redis = await startRedis({ binary: server, sharedLibraries });
    product = await startProduct({ env: redis === null ? {} : { REDIS_URL: redis.url } });
    client = await NativeClient.logIn(product.url);
  });

  afterAll(async () => {
    await product.remove();
    await redis?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('fires a job every two seconds and keeps its output', async () => {
    const job = await client.createShellJob('hello', 2, 'echo "hello from $TAKT_FIRE_KEY"');
    await eventually('three executions succeeded', async () => {
      return (await client.executions(job)).filter(({ status }) => status === 'success').length >= 3;
    });
    const executions = await client.executions(job);
    expect(missingOccurrences(executions, 2)).toEqual([]);
    const done = executions.find(({ status }) => status === 'success');
    expect(done?.result?.output).toBe(`hello from ${job}/${done?.scheduledFor ?? ''}`);
    expect(await client.output(done?.id ?? '')).toBe(`hello from ${job}/${done?.scheduledFor ?? ''}\n`);
    await client.setEnabled(job, false);
  });

  it('retries a job that fails and records every attempt', async () => {
    const job = await client.createShellJob('fails', 2, 'echo broken >&2; exit 3', { retryCount: 2, retryDelaySeconds: 1 });
    const failed = await client.awaitExecution(job, 'an execution failed for good', ({ status }) => status === 'failed');
    expect(failed).toMatchObject({ attempt: 3, result: { exitCode: 3 } });
    expect(failed.errorMessage).toContain('exit code 3');
    expect(await client.attempts(failed.id)).toMatchObject([
      { attempt: 1, status: 'failed' },
      { attempt: 2, status: 'failed' },
      { attempt: 3, status: 'failed' },
    ]);
    await client.setEnabled(job, false);
  });

  it('starts a retry when its delay is over, also of a task that ran for seconds, and not when a search finds it', async () => {
    const job = await client.createShellJob('fails slowly', 2, 'sleep 3; exit 3', { retryCount: 1, retryDelaySeconds: 4, overlapPolicy: 'skip' });
    const failed = await client.awaitExecution(job, 'an execution failed for good', ({ status }) => status === 'failed');
    await client.setEnabled(job, false);
    const [first, second] = await client.attempts(failed.id);
    const pauseMs = Date.parse(second?.startedAt ?? '') - Date.parse(first?.completedAt ?? '');
    expect(pauseMs).toBeGreaterThanOrEqual(3_990);
    expect(pauseMs).toBeLessThan(SEARCH_FOR_LOST_MS);
  });

  it('ends a job that sleeps past its timeout and leaves no process of it', async () => {
    const word = `98765${String(process.pid)}`;
    const command = `trap "" TERM; (setsid sleep ${word} &); sleep ${word}`;
    const job = await client.createShellJob('sleeps', 2, command, { timeoutSeconds: 1, retryCount: 0 });
    await client.awaitExecution(job, 'an execution timed out', ({ status }) => status === 'timeout');
    await client.setEnabled(job, false);
    await eventually('no execution runs', async () => (await client.executions(job)).every(({ status }) => status !== 'running'));
    expect(processesWith(word)).toEqual([]);
  });

  it('rescues a run whose worker is killed, and kills what it left behind', async () => {
    const word = `87654${String(process.pid)}`;
    const marker = join(scratch, 'attempts');
    const command = `echo "$TAKT_ATTEMPT" >> ${marker}; [ "$TAKT_ATTEMPT" = 1 ] && sleep ${word}; echo survived`;
    const job = await client.createShellJob('rescued', 2, command, { overlapPolicy: 'skip' });
    const running = await client.awaitExecution(job, 'the first attempt sleeps', ({ status }) => status === 'running');
    await eventually('its process is there', () => processesWith(word).length > 0);
    await product.kill('worker');
    const killedAt = performance.now();
    await eventually('the process of the killed worker is gone', () => processesWith(word).length === 0, 5_000);
    const rescued = await client.awaitExecution(
      job,
      'the same execution succeeds in another attempt',
      ({ id, status }) => id === running.id && status === 'success',
      RESCUE_LIMIT_MS,
    );
    expect(performance.now() - killedAt).toBeLessThan(RESCUE_LIMIT_MS);
    expect(rescued.result?.output).toBe('survived');
    expect(await client.attempts(running.id)).toMatchObject([
      { attempt: 1, status: 'lost' },
      { attempt: 2, status: 'success' },
    ]);
    await client.setEnabled(job, false);
  });

  it('treats a run whose supervising process is killed as one that lost its worker, by the policy of its job', async () => {
    const rarely = { scheduleConfig: { hours: 5, minutes: 0, seconds: 0 } };
    const started = async (name: string, policies: object): Promise<{ job: string; helpers: () => string[] }> => {
      const marker = join(scratch, name);
      const command = `echo $PPID >> ${marker}; [ "$TAKT_ATTEMPT" = 1 ] && sleep 60; echo survived`;
      const job = await client.createShellJob(name, 0, command, { ...rarely, ...policies });
      await client.trigger(job);
      const helpers = (): string[] => (existsSync(marker) ? readFileSync(marker, 'utf8').trim().split('\n') : []);
      await eventually('its task has started', () => helpers().length > 0);
      return { job, helpers };
    };
    const again = await started('again', { retryCount: 0 });
    const never = await started('never', { retryCount: 3, onWorkerLost: 'fail' });
    for (const helper of new Set([...again.helpers(), ...never.helpers()])) process.kill(Number(helper), 'SIGKILL');
    const survivor = await client.awaitExecution(again.job, 'another attempt succeeds', ({ status }) => status === 'success', RESCUE_LIMIT_MS);
    expect(await client.attempts(survivor.id)).toMatchObject([{ attempt: 1, status: 'lost' }, { attempt: 2, status: 'success' }]);
    const failed = await client.awaitExecution(never.job, 'it has failed', ({ status }) => status === 'failed', RESCUE_LIMIT_MS);
    expect(failed).toMatchObject({ attempt: 1, reason: 'worker_lost' });
    expect(never.helpers()).toHaveLength(1);
  });

  it('loses no occurrence when the API is killed', async () => {
    const job = await client.createShellJob('steady', 1, 'true', { catchUp: { mode: 'all', windowSeconds: 600 } });
    await client.awaitExecution(job, 'it fires', ({ status }) => status === 'success');
    await product.kill('api');
    await eventually('the API is back', async () => {
      return fetch(`${product.url}/health/ready`).then(({ ok }) => ok, () => false);
    });
    const backAt = Date.now();
    await client.awaitExecution(job, 'it fires again', ({ status, scheduledFor }) => status === 'success' && Date.parse(scheduledFor) > backAt);
    const executions = await client.executions(job);
    expect(missingOccurrences(executions, 1)).toEqual([]);
    expect(doubledOccurrences(executions)).toEqual([]);
    await client.setEnabled(job, false);
  });

  // Without Redis there is nothing to flush.
  if (backend === 'postgres') return;

  it('loses no occurrence when Redis is flushed, and fires again within five seconds', async () => {
    const job = await client.createShellJob('flushed', 1, 'true', { catchUp: { mode: 'all', windowSeconds: 600 } });
    await client.awaitExecution(job, 'it fires', ({ status }) => status === 'success');
    if (redis === null) throw new Error('no Redis');
    expect(await redisCommand(redis.port, 'FLUSHALL')).toBe('+OK');
    const flushedAt = Date.now();
    await client.awaitExecution(
      job,
      'it fires again',
      ({ status, scheduledFor }) => status === 'success' && Date.parse(scheduledFor) > flushedAt,
      RESUME_LIMIT_MS,
    );
    await eventually('nothing waits', async () => (await client.executions(job)).slice(2).every(({ status }) => status === 'success'));
    const executions = await client.executions(job);
    expect(missingOccurrences(executions, 1)).toEqual([]);
    expect(doubledOccurrences(executions)).toEqual([]);
    await client.setEnabled(job, false);
  });
});
