/**
 * `npm run screenshots`: starts the product beside whatever runs, with a database and ports of its own, fills it with
 * demonstration jobs and a day of history, and writes pictures of the main pages to docs/images/. Needs a Chromium
 * (`TEST_CHROMIUM_PATH`, the machine's, or the one that npm installed) and takes about two minutes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { launchBrowser } from './browser/chromium.mjs';
import { firstFreePort, randomPortRange } from './process/ports.mjs';
import { createJobs, writeHistory } from './screenshots/demo.mjs';
import { startTestStores } from './stores/test-stores.mjs';

const START_TIMEOUT_MS = 300_000;
const LOADED_TIMEOUT_MS = 60_000;
/** The demonstration jobs run for so long before the first picture is taken. */
const RUN_MS = 75_000;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, 'docs/images');

// A database that was given for tests is not filled with demonstration data.
delete process.env.TEST_DATABASE_URL;
const stores = await startTestStores({ root, download: false });
const home = mkdtempSync(join(tmpdir(), 'takt-screenshots-'));
const port = await firstFreePort(randomPortRange());
const adminPort = await firstFreePort(randomPortRange());
const product = spawn(process.execPath, ['scripts/up.mjs', '--quiet'], {
  cwd: root,
  env: { ...process.env, TAKT_HOME: home, DATABASE_URL: stores.databaseUrl, PORT: String(port), EXTRA_PORTS: '', ADMIN_PORT: String(adminPort), RATE_LIMIT_ENABLED: 'false' },
  stdio: ['ignore', 'inherit', 'inherit'],
});
try {
  await answers(`http://127.0.0.1:${port}/health/ready`);
  await answers(`http://127.0.0.1:${adminPort}/login`);
  await fill();
  await pause(RUN_MS);
  await takePictures();
} finally {
  product.kill('SIGTERM');
  if (product.exitCode === null) await once(product, 'exit');
  await stores.stop();
  rmSync(home, { recursive: true, force: true });
}

async function answers(url) {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline && product.exitCode === null) {
    if (await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok, () => false)) return;
    await pause(500);
  }
  throw new Error('The product did not start.');
}

async function fill() {
  const base = `http://127.0.0.1:${port}`;
  const json = { 'Content-Type': 'application/json' };
  const login = await fetch(`${base}/api/auth/login`, { method: 'POST', headers: json, body: JSON.stringify({ username: 'admin', password: 'admin123' }) });
  const { data: { access_token: token } } = await login.json();
  const api = async (method, path, body) => {
    const answer = await fetch(`${base}/api/v1/scheduler${path}`, { method, headers: { ...json, Authorization: `Bearer ${token}` }, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  const client = new pg.Client({ connectionString: stores.databaseUrl });
  await client.connect();
  try {
    await writeHistory(client, await createJobs(api));
  } finally {
    await client.end();
  }
}

async function takePictures() {
  mkdirSync(images, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const scheme of ['light', 'dark']) {
      const context = await browser.newContext({ baseURL: `http://127.0.0.1:${adminPort}`, viewport: { width: 1360, height: 860 }, colorScheme: scheme });
      await picturesOf(await context.newPage(), scheme);
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

async function picturesOf(page, scheme) {
  const take = async (name) => {
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    // A busy machine takes longer than that: no picture of a page that still loads.
    await page.locator('.mantine-Skeleton-root, [aria-busy="true"]').first().waitFor({ state: 'detached', timeout: LOADED_TIMEOUT_MS });
    await pause(1_000);
    await page.screenshot({ path: join(images, `${name}-${scheme}.png`) });
  };
  await page.goto('/login');
  await page.getByLabel('User name').fill('admin');
  await page.getByRole('textbox', { name: 'Password' }).fill('admin123');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await take('overview');
  await page.goto('/jobs');
  await take('jobs');
  if (scheme === 'dark') return;
  for (const [name, path] of [['executions', '/executions'], ['timeline', '/timeline'], ['workers', '/workers'], ['scheduler', '/scheduler'], ['queues', '/queues']]) {
    await page.goto(path);
    await take(name);
  }
  await takeEditor(page, take);
  await page.goto('/jobs');
  await page.getByRole('link', { name: 'Warehouse report' }).first().click();
  await page.waitForURL(/\/jobs\/[0-9a-f-]{36}/);
  await take('job');
  const jobId = new URL(page.url()).pathname.split('/')[2];
  const { executions } = await page.evaluate(async (id) => (await fetch(`/api/setting/scheduler/executions?job_id=${id}&per_page=5`)).json(), jobId);
  const report = executions.find(({ status }) => status === 'running') ?? executions[0];
  await page.goto(`/executions/${report.id}`);
  await take('execution');
}

async function takeEditor(page, take) {
  await page.setViewportSize({ width: 1360, height: 1180 });
  await page.goto('/jobs/new');
  await page.getByLabel('Name').first().fill('Morning stock report');
  await page.getByLabel('Task function').first().click();
  await page.getByRole('option', { name: /Shell/ }).first().click();
  await page.getByText('Day and time', { exact: true }).click();
  await take('editor');
  await page.setViewportSize({ width: 1360, height: 860 });
  // Leaving what is not saved is asked about.
  page.once('dialog', (dialog) => void dialog.accept());
}
