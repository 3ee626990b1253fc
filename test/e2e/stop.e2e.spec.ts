/** The stop of the product while something runs, and what runs inherits from the start. */
import { dirname } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { NativeClient } from './client.js';
import { startProduct, type Product, type ProductOptions } from './product.js';

/** Well below the lease: a run that was not given back is only taken back when its lease is over. */
const PROMPTLY_MS = 15_000;
const products: Product[] = [];

async function start(options: ProductOptions): Promise<Product> {
  const product = await startProduct(options);
  products.push(product);
  return product;
}

afterEach(async () => {
  const started = products.splice(0);
  await Promise.all(started.map((product) => product.stop()));
  await Promise.all(started.map((product) => product.remove()));
});

it('breaks off a run that ignores SIGTERM and gives it back before the worker is gone', async () => {
  const first = await start({ env: { DRAIN_TIMEOUT_MS: '2000' } });
  const client = await NativeClient.logIn(first.url);
  const job = await client.createShellJob('stubborn', 2, '[ "$TAKT_ATTEMPT" = 1 ] || exit 0; trap "" TERM; sleep 120 & while true; do wait; done');
  const running = await client.awaitExecution(job, 'it runs', ({ status }) => status === 'running');

  expect(await first.stop()).toBe(0);
  expect(first.logs()).toContain('worker.breaking_off');
  expect(first.logs()).not.toContain('is killed');

  const second = await start({ home: first.home });
  const again = await NativeClient.logIn(second.url);
  await again.awaitExecution(job, 'its next attempt succeeded', ({ id, status }) => id === running.id && status === 'success', PROMPTLY_MS);
  expect(await again.attempts(running.id)).toMatchObject([
    { attempt: 1, status: 'lost' },
    { attempt: 2, status: 'success' },
  ]);
});

it('gives tasks the PATH of the shell, without what npm puts before it', async () => {
  const own = `${dirname(process.execPath)}:/usr/bin:/bin`;
  const npm = '/somewhere/node_modules/.bin:/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin';
  const product = await start({ env: { npm_lifecycle_event: 'start', PATH: `${npm}:${own}` } });
  const client = await NativeClient.logIn(product.url);
  const job = await client.createShellJob('path', 1, 'echo "$PATH"');
  const done = await client.awaitExecution(job, 'it succeeded', ({ status }) => status === 'success');
  expect(done.result?.output).toBe(own);
});
