import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { NativeClient } from './client.js';
import { eventually, freePort, startExpectingFailure, startProduct, type Product, type ProductOptions } from './product.js';

const WARM_START_LIMIT_MS = 15_000;
const products: Product[] = [];

async function start(options: ProductOptions = {}): Promise<Product> {
  const product = await startProduct(options);
  products.push(product);
  return product;
}

afterEach(async () => {
  const started = products.splice(0);
  // Two of them may share a TAKT_HOME: none is removed before all are stopped.
  await Promise.all(started.map((product) => product.stop()));
  await Promise.all(started.map((product) => product.remove()));
});

async function readiness(product: Product): Promise<number> {
  return fetch(`${product.url}/health/ready`).then(
    (response) => response.status,
    () => 0,
  );
}

describe('npm start', () => {
  it('comes up from nothing, keeps its secrets private and stops without a trace', async () => {
    const product = await start();
    expect(await readiness(product)).toBe(200);
    expect(Object.keys(product.pids().services)).toEqual(['api', 'worker']);
    expect(product.logs()).toContain(`${product.url}/docs`);
    expect(product.logs()).toContain('admin / admin123');
    expect(statSync(join(product.home, 'secrets.json')).mode & 0o777).toBe(0o600);

    expect(await product.stop()).toBe(0);
    expect(product.logs()).toContain('Everything is stopped.');
    await eventually('no process is left', () => product.processes().length === 0, 5_000);
  });

  it('starts warm with the same data, secrets and database port', async () => {
    const first = await start();
    const kept = (name: string): string => readFileSync(join(first.home, name), 'utf8');
    const before = [kept('secrets.json'), kept('state.json')];
    await first.stop();

    const second = await start({ home: first.home });
    expect(second.startMs).toBeLessThan(WARM_START_LIMIT_MS);
    expect([kept('secrets.json'), kept('state.json')]).toEqual(before);
    expect(await readiness(second)).toBe(200);
  });

  it('starts warm with the admin UI, which then answers', async () => {
    const env = { ADMIN_ENABLED: 'true', ADMIN_PORT: String(await freePort()) };
    const first = await start({ env });
    await first.stop();

    const second = await start({ home: first.home, env });
    expect(second.startMs).toBeLessThan(WARM_START_LIMIT_MS);
    expect(Object.keys(second.pids().services)).toEqual(['api', 'worker', 'admin']);
    expect((await fetch(`http://127.0.0.1:${env.ADMIN_PORT}/login`)).status).toBe(200);
    process.stdout.write(`warm start with the admin UI: ${(second.startMs / 1_000).toFixed(1)} s\n`);
  });

  it('starts as many workers as WORKERS says', async () => {
    const product = await start({ env: { WORKERS: '2' } });
    expect(Object.keys(product.pids().services)).toEqual(['api', 'worker-1', 'worker-2']);
    const client = await NativeClient.logIn(product.url);
    expect(await client.workerNames()).toEqual(['worker-001', 'worker-002']);
  });

  it('says that the port is busy and starts nothing', async () => {
    const port = await freePort();
    const occupant = createServer().listen(port, '127.0.0.1');
    const failed = await startExpectingFailure({ port });
    occupant.close();
    expect(failed.exitCode).toBe(1);
    expect(failed.output).toContain(`Port ${String(port)} on 127.0.0.1 cannot be used: another program listens on it.`);
    expect(failed.output).toContain('npm start');
    expect(failed.output).not.toContain('PostgreSQL');
  });

  it('names every wrong variable and starts nothing', async () => {
    const failed = await startExpectingFailure({ env: { LOG_LEVEL: 'loud', RATE_LIMIT_ENABLED: 'perhaps', WORKERS: 'two' } });
    expect(failed.exitCode).toBe(1);
    for (const name of ['LOG_LEVEL', 'RATE_LIMIT_ENABLED', 'WORKERS']) expect(failed.output).toContain(`${name}=`);
    expect(failed.output).not.toContain('PostgreSQL started');
  });

  it('refuses a database directory that is none, and leaves what is in it', async () => {
    const home = mkdtempSync(join(tmpdir(), 'takt-damaged-'));
    const kept = join(home, 'postgres', 'base');
    mkdirSync(kept, { recursive: true });
    const failed = await startExpectingFailure({ home });
    expect(failed.output).toContain(`${join(home, 'postgres')} is not empty and has no PG_VERSION`);
    expect(existsSync(kept)).toBe(true);
    rmSync(home, { recursive: true });
  });

  it('refuses a second launcher on the same TAKT_HOME', async () => {
    const product = await start();
    const failed = await startExpectingFailure({ home: product.home });
    expect(failed.exitCode).toBe(1);
    expect(failed.output).toContain(`Takt is already running on ${product.home} (pid ${String(product.pids().launcher)})`);
    expect(await readiness(product)).toBe(200);
  });
});

describe('a process that ends by itself', () => {
  it.each(['api', 'worker'])('is started again: %s', async (name) => {
    const product = await start();
    const before = product.pids().services[name];
    await product.kill(name);
    await product.waitForLog(new RegExp(`${name} is ready again`));
    const after = product.pids().services[name];
    expect(after).toBeGreaterThan(0);
    expect(after).not.toBe(before);
    await eventually('the platform is ready', async () => (await readiness(product)) === 200);
  });

  it('is started again: the database, on its port', async () => {
    const product = await start();
    const before = product.pids().postgres;
    await product.kill('postgres');
    await eventually('the database is back', () => ![null, before].includes(product.pids().postgres));
    await eventually('the platform is ready', async () => (await readiness(product)) === 200);
  });
});

describe('a launcher that is killed', () => {
  it('takes everything with it, and the next start works', async () => {
    const product = await start();
    await product.kill('launcher');
    await eventually('no process is left', () => product.processes().length === 0, 45_000);
    const next = await start({ home: product.home });
    expect(await readiness(next)).toBe(200);
  });

  it('does not hinder a start that follows at once', async () => {
    const product = await start();
    await product.kill('launcher');
    const next = await start({ home: product.home, port: product.port });
    expect(await readiness(next)).toBe(200);
  });
});
