/**
 * The admin UI over a long history: from the start of the navigation until 20 executions are painted, in a real browser on
 * this machine; on a first visit, and with the scripts in the browser's cache. The goal is a second.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../../../scripts/browser/chromium.mjs';
import { firstFreePort, randomPortRange } from '../../../scripts/process/ports.mjs';
import { growHistory } from '../lab/history.mjs';
import { cronAt, ensureFunction, insertJobs, one } from '../lab/jobs.mjs';
import { ROOT } from '../lab/lab.mjs';
import { medians, rounded } from '../lab/stats.mjs';

const JOBS = 1_000;
const LOADS = 9;
const ROWS = 20;
const LIMIT_MS = 1_000;
const PAINT_TIMEOUT_MS = 30_000;

export const admin = {
  title: 'the admin UI over a long history',
  async run(lab, { quick }) {
    if (!existsSync(join(ROOT, 'apps/admin/.next/BUILD_ID'))) throw new Error('The admin UI is not built: npm run build:admin');
    const executions = quick ? 20_000 : 1_000_000;
    const stores = await lab.freshStores();
    await ensureFunction(stores);
    await insertJobs(stores, { count: JOBS, schedule: cronAt('0 0 1 1 *'), nextFireAt: new Date(Date.now() + 86_400_000 * 300) });
    await growHistory(stores, executions);
    const { hot } = await one(stores.pool, 'select job_id as hot from execution group by job_id order by count(*) desc limit 1');
    const url = await startAdmin(lab, await lab.startApi(stores));
    const browser = await launchBrowser();
    const table = {};
    try {
      const session = await logIn(browser, url);
      for (const [name, path] of Object.entries({ 'all executions': '/executions', "a busy job's executions": `/jobs/${hot}?tab=executions` })) {
        table[`${name}, first visit`] = summary(await visits(quick ? 3 : LOADS, () => open(browser, { baseURL: url, storageState: session }), path));
        const context = await open(browser, { baseURL: url, storageState: session });
        await visit(context, path);
        table[`${name}, again`] = summary(await visits(quick ? 3 : LOADS, () => Promise.resolve({ newPage: () => context.newPage(), close: () => undefined }), path));
        await context.close();
      }
    } finally {
      await browser.close();
    }
    await stores.drop();
    const verdicts = Object.entries(table).map(([name, { painted }]) => ({ goal: `${String(ROWS)} of ${String(executions)} painted: ${name}, ms`, must: `≤ ${String(LIMIT_MS)}`, value: painted, met: painted <= LIMIT_MS }));
    return { size: { executions, loads: quick ? 3 : LOADS }, table, verdicts, data: table };
  },
};

async function startAdmin(lab, apiUrl) {
  const port = await firstFreePort(randomPortRange(), '127.0.0.1');
  const environment = { PATH: process.env.PATH, ADMIN_PORT: String(port), ADMIN_HOST: '127.0.0.1', TAKT_API_URL: apiUrl };
  await lab.start('admin', join(ROOT, 'apps/admin/server.mjs'), { environment });
  return `http://127.0.0.1:${String(port)}`;
}

async function logIn(browser, baseURL) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/login');
  await page.getByLabel('User name').fill('admin');
  await page.getByRole('textbox', { name: 'Password' }).fill('admin123');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
  const state = await context.storageState();
  await context.close();
  return state;
}

const open = (browser, options) => browser.newContext({ ...options, viewport: { width: 1280, height: 900 } });

async function visits(count, contextFor, path) {
  const times = [];
  for (let load = 0; load < count; load += 1) {
    const context = await contextFor();
    times.push(await visit(context, path));
    await context.close();
  }
  return times;
}

/**
 * @returns milliseconds since the start of the navigation until the page asked for the rows, until it had them, and until a
 *   frame with them has been painted
 */
async function visit(context, path) {
  const page = await context.newPage();
  await page.addInitScript(WATCH_ROWS);
  await page.goto(path, { waitUntil: 'commit' });
  await page.locator('html[data-painted]').waitFor({ state: 'attached', timeout: PAINT_TIMEOUT_MS });
  const times = JSON.parse(await page.locator('html').getAttribute('data-painted'));
  await page.close();
  return times;
}

/** A row counts when it has its link; a task after the frame that draws the last one is after its paint. */
const WATCH_ROWS = `
  const report = () => {
    const [list] = performance.getEntriesByType('resource').filter(({ name }) => /\\/executions\\?/.test(name));
    const times = { asked: list?.startTime, answered: list?.responseEnd, painted: performance.now() };
    document.documentElement.setAttribute('data-painted', JSON.stringify(times));
  };
  const look = () => {
    if (document.querySelectorAll('tbody tr a[href^="/executions/"]').length < ${String(ROWS)}) return requestAnimationFrame(look);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = report;
      port2.postMessage(null);
    });
  };
  requestAnimationFrame(look);`;

function summary(visits) {
  const { asked, answered, painted } = medians(visits);
  const times = visits.map((times) => times.painted);
  return { 'rows asked for': rounded(asked, 0), 'rows there': rounded(answered, 0), painted: rounded(painted, 0), fastest: rounded(Math.min(...times), 0), slowest: rounded(Math.max(...times), 0) };
}
