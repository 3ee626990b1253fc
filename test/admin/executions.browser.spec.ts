/** Journeys through what ran: find it, look at how it went, follow its log, stop it, run it again. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { eventually } from '../e2e/product.js';
import { settled, startAdmin, type AdminUnderTest } from './admin.js';

const RARELY = { scheduleConfig: { hours: 23, minutes: 0, seconds: 0 } };

let admin: AdminUnderTest;
let client: NativeClient;
const jobs = { greets: '', fails: '', sleeps: '', prints: '' };

beforeAll(async () => {
  admin = await startAdmin();
  client = await NativeClient.logIn(admin.product.url);
  await client.switchOffAll();
  const make = (name: string, command: string, more: object = {}) => client.createShellJob(name, 0, command, { ...RARELY, ...more });
  jobs.greets = await make('greets politely', 'echo hello');
  jobs.fails = await make('fails twice', 'echo connecting; echo "no such table" >&2; exit 3', { retryCount: 1, retryDelaySeconds: 1 });
  jobs.sleeps = await make('sleeps long', 'sleep 300', { maxInstances: 5, overlapPolicy: 'skip', timeoutSeconds: 400 });
  jobs.prints = await make('prints slowly', "seq -f 'line %g' 1 500; for i in $(seq 501 560); do printf '\\033[32mline %s\\033[0m\\n' $i; sleep 0.25; done");
});
afterAll(async () => {
  await admin.stop();
});

async function trigger(jobId: string): Promise<string> {
  return (await client.call<{ executionId: string }>('POST', `/jobs/${jobId}/trigger`)).executionId;
}

async function ended(executionId: string): Promise<void> {
  await eventually('the execution ends', async () => ['success', 'failed', 'cancelled'].includes(await statusOf(executionId)));
}

async function statusOf(executionId: string): Promise<string> {
  return (await client.call<{ status: string }>('GET', `/executions/${executionId}`)).status;
}

/** A log that is longer than what is loaded unasked would take long to print: less of it comes with each request. */
async function chunkByChunk(page: Page, executionId: string): Promise<void> {
  await page.route(`**/executions/${executionId}/logs?*`, (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('limit', '1');
    return route.continue({ url: url.href });
  });
}

const rows = (page: Page) => page.getByRole('table', { name: 'Executions' }).locator('tbody tr');
const rowOf = (page: Page, job: string) => rows(page).filter({ hasText: job });

describe('the explorer', () => {
  it('says that nothing has run yet', async () => {
    const page = await admin.page();
    await settled(page, '/executions');
    await page.getByText('Nothing has run yet').waitFor();
    await page.context().close();
  });

  it('narrows the list by what is counted, and keeps that in the URL', async () => {
    await Promise.all([await trigger(jobs.greets), await trigger(jobs.fails)].map(ended));
    const page = await admin.page();
    await settled(page, '/executions');
    await rowOf(page, 'greets politely').getByText('Succeeded').waitFor();
    await rowOf(page, 'fails twice').getByText('exit code 3').waitFor();
    await page.getByRole('button', { name: /^Failed 1/ }).click();
    await page.waitForURL(/status=failed/);
    await rowOf(page, 'greets politely').waitFor({ state: 'detached' });
    expect(await rows(page).count()).toBe(1);
    await page.reload();
    await page.getByRole('button', { name: 'Remove the filter Status: Failed' }).waitFor();
    // What is not chosen is still counted.
    await page.getByRole('button', { name: /^Succeeded 1/ }).waitFor();
    await page.getByRole('button', { name: 'Filters (1)' }).click();
    await page.getByRole('group', { name: 'Worker' }).getByRole('button', { name: /1$/ }).waitFor();
    await page.getByRole('group', { name: 'Queue' }).getByRole('button', { name: /^default/ }).click();
    await page.waitForURL(/queue=default/);
    await page.getByLabel('Search the text of errors').fill('no such column');
    await page.getByText('No executions match these filters in this range').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await rowOf(page, 'greets politely').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goBack();
    await page.waitForURL(/status=failed/);
    await page.context().close();
  });

  it('finds a job by its name, also one that is not among those that ran', async () => {
    const idle = await client.createShellJob('waits for its day', 0, 'true', RARELY);
    const page = await admin.page();
    await settled(page, '/executions');
    await rowOf(page, 'greets politely').first().waitFor();
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    const field = page.getByRole('combobox', { name: 'Job name' });
    await field.fill('for its d');
    await page.getByRole('option', { name: 'waits for its day' }).click();
    await page.waitForURL((url) => url.searchParams.get('job_id') === idle);
    await page.getByText('No executions match these filters in this range').waitFor();
    await page.getByRole('button', { name: 'Remove the filter Job: waits for its day' }).waitFor();
    await field.fill('politely');
    await page.getByRole('option', { name: 'greets politely' }).click();
    await page.waitForURL((url) => url.searchParams.get('job_id') === jobs.greets);
    await rowOf(page, 'greets politely').first().waitFor();
    await client.call('DELETE', `/jobs/${idle}`);
    await page.context().close();
  });

  it('shows how many ran when, and picks a stretch of time by keyboard', async () => {
    const page = await admin.page();
    await settled(page, '/executions?range=1h');
    await page.getByRole('img', { name: /^Executions over time: 2 in \d+ intervals, 1 succeeded, 1 failed\.$/ }).waitFor();
    await page.getByRole('button', { name: 'View as table' }).click();
    await page.getByRole('region', { name: 'Executions over time' }).getByRole('button').first().press('Enter');
    await page.waitForURL(/from=.*&to=|to=.*&from=/);
    await rowOf(page, 'greets politely').waitFor();
    await page.context().close();
  });

  it('finds what a range leaves out', async () => {
    const page = await admin.page();
    await settled(page, '/executions?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z');
    await page.getByText('No executions in this range').waitFor();
    await page.getByRole('button', { name: 'Show the newest' }).click();
    await rows(page).first().waitFor();
    await page.context().close();
  });

  it.each([
    ['cursor=garbage', ''],
    ['job_id=xyz', ''],
    ['min=5&max=1', ''],
    ['from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z'],
  ])('takes what it cannot look for out of the address: %s', async (wrong, to) => {
    const page = await admin.page();
    await page.goto(`/executions?range=7d&${wrong}`);
    await page.waitForURL(({ searchParams }) => [...searchParams].every(([name]) => ['range', 'to'].includes(name)));
    expect(new URL(page.url()).searchParams.get('to') ?? '').toBe(to);
    await page.getByRole('table', { name: 'Executions' }).or(page.getByText('No executions in this range')).first().waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.context().close();
  });

  it('counts new executions instead of moving the rows', async () => {
    const page = await admin.page();
    // Of one job: those that the platform brings along fire meanwhile.
    await settled(page, `/executions?job_id=${jobs.greets}`);
    await rowOf(page, 'greets politely').first().waitFor();
    const before = await rows(page).count();
    await ended(await trigger(jobs.greets));
    const pill = page.getByRole('button', { name: '1 new execution' });
    await pill.waitFor();
    expect(await rows(page).count()).toBe(before);
    await pill.click();
    await eventually('the new row is there', async () => (await rows(page).count()) === before + 1);
    await page.context().close();
  });

  it('is worked by keyboard', async () => {
    const page = await admin.page();
    await settled(page, '/executions');
    await rows(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/executions\/[0-9a-f-]{36}$/);
    await page.context().close();
  });

  it('cancels many only when their count is typed', async () => {
    const ids = [await trigger(jobs.sleeps), await trigger(jobs.sleeps)];
    await eventually('both run', async () => (await Promise.all(ids.map(statusOf))).every((status) => status === 'running'));
    const page = await admin.page();
    await settled(page, `/executions?job_id=${jobs.sleeps}`);
    await page.getByRole('checkbox', { name: 'Select all rows on this page' }).click();
    await page.getByRole('button', { name: 'Cancel 2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel 2 executions?' });
    const confirm = dialog.getByRole('button', { name: 'Cancel 2 executions' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('2');
    await confirm.click();
    await page.getByText('2 executions asked to stop').waitFor();
    await Promise.all(ids.map(ended));
    await eventually('the rows say so', async () => (await rows(page).filter({ hasText: 'Cancelled' }).count()) === 2);
    await page.context().close();
  });

  it('exports what the filters match', async () => {
    const page = await admin.page();
    await settled(page, '/executions?status=failed');
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^executions-\d{8}T\d{6}\.csv$/);
    await page.context().close();
  });

  it('keeps the viewer from acting', async () => {
    const page = await admin.page('viewer');
    await settled(page, '/executions');
    await rows(page).first().getByRole('checkbox').click();
    expect(await page.getByRole('button', { name: 'Run 1 again' }).isDisabled()).toBe(true);
    await page.context().close();
  });

  it('needs no sideways scrolling at 320 pixels', async () => {
    const page = await admin.page();
    await page.setViewportSize({ width: 320, height: 640 });
    await settled(page, '/executions');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.context().close();
  });
});

describe('an execution', () => {
  it('shows its error first, and each attempt with its part of the log', async () => {
    const id = await trigger(jobs.fails);
    await ended(id);
    const page = await admin.page();
    await settled(page, `/executions/${id}`);
    await page.getByRole('heading', { level: 1, name: /^fails twice #\d+$/ }).waitFor();
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText(/^fails twice #\d+$/).waitFor();
    await page.getByRole('region', { name: 'Error' }).getByText('exit code 3').waitFor();
    const log = page.getByRole('log');
    await eventually('four lines are there', async () => (await log.getByText(/^(connecting|no such table)$/).count()) === 4);
    await page.getByRole('button', { name: /^Attempt 2: Failed/ }).click();
    await page.waitForURL(/attempt=2/);
    await eventually('two of them are left', async () => (await log.getByText(/^(connecting|no such table)$/).count()) === 2);
    await page.keyboard.press('K');
    await page.waitForURL((url) => url.pathname.startsWith('/executions/') && !url.pathname.endsWith(id));
    await page.getByRole('button', { name: 'Run after of the same job' }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('J');
    await page.waitForURL(new RegExp(`/executions/${id}$`));
    await page.context().close();
  });

  it('is shown as retrying between two attempts, with which one comes and when', async () => {
    const patient = await client.createShellJob('tries again later', 0, 'exit 4', { ...RARELY, retryCount: 2, retryDelaySeconds: 3_000 });
    const id = await trigger(patient);
    const page = await admin.page();
    await settled(page, `/executions?job_id=${patient}`);
    await rowOf(page, 'tries again later').getByText('Retrying').waitFor();
    await rowOf(page, 'tries again later').getByText(/attempt 2 of 3 in \d+ m/).waitFor();
    await settled(page, `/executions/${id}`);
    await page.getByRole('main').locator('[data-status="retrying"]').first().waitFor();
    await page.getByText(/attempt 2 of 3 in \d+ m/).waitFor();
    await settled(page, `/jobs?q=tries%20again`);
    await page.getByRole('row', { name: /tries again later/ }).getByText('Retrying').waitFor();
    await page.getByRole('img', { name: 'Last run: 1 retrying.' }).waitFor();
    await client.call('POST', `/executions/${id}/cancel`);
    await page.context().close();
  });

  it('lets the log be followed, searched, linked to and downloaded', async () => {
    const id = await trigger(jobs.prints);
    const page = await admin.page();
    await page.goto(`/executions/${id}`);
    const log = page.getByRole('log');
    await log.getByText('line 510', { exact: true }).waitFor();
    const drawn = await log.locator('[data-index]').count();
    expect(drawn).toBeLessThan(150);
    await log.hover();
    await page.mouse.wheel(0, -4_000);
    const jump = page.getByRole('button', { name: 'Jump to latest' });
    await jump.waitFor();
    await jump.click();
    await jump.waitFor({ state: 'detached' });
    await log.getByText('line 520', { exact: true }).waitFor();
    await page.getByLabel('Find in the log').fill('line 49');
    await page.getByText('11 lines', { exact: true }).waitFor();
    await page.getByLabel('Find in the log').press('Enter');
    await page.getByText('1 of 11').waitFor();
    await log.locator('mark').first().waitFor();
    expect(await log.locator('mark').first().textContent()).toBe('line 49');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the log' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^execution-\d+\.log$/);
    await ended(id);
    await page.goto(`/executions/${id}#L120`);
    await page.reload();
    await page.getByRole('log').getByText('line 120', { exact: true }).waitFor();
    await page.context().close();
  });

  it('shows a long log from either end, and says what a search has not seen', async () => {
    const counts = await client.createShellJob('counts far', 0, 'seq 1 100000', RARELY);
    const id = await trigger(counts);
    await ended(id);
    const page = await admin.page();
    await chunkByChunk(page, id);
    await settled(page, `/executions/${id}`);
    const log = page.getByRole('log');
    await log.getByText('1', { exact: true }).first().waitFor();
    const card = page.getByRole('region', { name: 'Log' });
    await card.getByText(/^first 2\d.\d{3} of 100.000 lines$/).waitFor();
    await page.getByLabel('Find in the log').fill('99999');
    await page.getByText(/^Searched the first 2\d.\d{3} of 100.000 lines\./).waitFor();

    await card.getByRole('button', { name: 'To the end' }).click();
    await log.getByText('100000', { exact: true }).waitFor();
    await card.getByText(/^last \d+(.\d{3})? of 100.000 lines$/).waitFor();
    await page.getByText('1 line', { exact: true }).waitFor();
    const before = await card.getByText(/^last .* lines$/).textContent();
    await log.focus();
    await page.evaluate("document.querySelector('[role=log]').scrollTop = 700");
    await eventually('the page before is loaded', async () => (await card.getByText(/^last .* lines$/).textContent()) !== before);
    // What was read stays where it was.
    expect(await page.evaluate<number>("document.querySelector('[role=log]').scrollTop")).toBeGreaterThan(10_000);
    await page.getByRole('status').getByRole('button', { name: 'Load all' }).click();
    await card.getByText(/^100.000 lines$/).waitFor();
    await page.getByText(/^Searched/).waitFor({ state: 'detached' });
    await log.press('G');
    await log.getByRole('link', { name: 'Line 100000' }).or(log.locator('[href="#L100000"]')).first().waitFor();
    await page.context().close();
  });

  it('leads from either end of a long live log to the other, and follows again', async () => {
    const counts = await client.createShellJob('counts far and stays', 0, 'seq 1 60000; sleep 300', RARELY);
    const id = await trigger(counts);
    await eventually('all of it is stored', async () => (await client.call<{ totalLines: number | null }>('GET', `/executions/${id}/logs?from=end&limit=1`)).totalLines === 60_000);
    const page = await admin.page();
    await chunkByChunk(page, id);
    await page.goto(`/executions/${id}`);
    const log = page.getByRole('log');
    const card = page.getByRole('region', { name: 'Log' });
    const isAtStart = async () => {
      await card.getByText(/^first 2\d.\d{3} of 60.000 lines$/).waitFor();
      await log.locator('[href="#L1"]').waitFor();
      expect(await page.evaluate("document.querySelector('[role=log]').scrollTop")).toBe(0);
    };
    const isAtEnd = async () => {
      await card.getByText(/^last .* of 60.000 lines, live$/).waitFor();
      await log.getByText('60000', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Follow (f)', pressed: true }).waitFor();
      expect(await card.getByRole('button', { name: 'Jump to latest' }).count()).toBe(0);
    };
    await isAtEnd();
    const before = await card.getByText(/^last .* lines, live$/).textContent();
    await card.getByRole('button', { name: 'Load earlier' }).click();
    await eventually('the page before is loaded', async () => (await card.getByText(/^last .* lines, live$/).textContent()) !== before);
    await card.getByRole('button', { name: 'To the start' }).click();
    await isAtStart();
    await card.getByRole('button', { name: 'Jump to latest' }).click();
    await isAtEnd();
    await log.press('g');
    await isAtStart();
    await page.keyboard.press('w');
    await page.getByRole('button', { name: 'Wrap lines (w)', pressed: false }).waitFor();
    await page.keyboard.press('f');
    await isAtEnd();
    await client.call('POST', `/executions/${id}/cancel`);
    await page.context().close();
  });

  it('is stopped after a question, and run again with other arguments', async () => {
    const sleeping = await trigger(jobs.sleeps);
    const page = await admin.page();
    await settled(page, `/executions/${sleeping}`);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the execution' }).click();
    await page.getByRole('main').locator('[data-status="cancelled"]').first().waitFor();
    const greeted = await trigger(jobs.greets);
    await ended(greeted);
    await settled(page, `/executions/${greeted}`);
    await page.getByRole('button', { name: 'More ways to run it again' }).click();
    await page.getByRole('menuitem', { name: /edited arguments/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Run again with edited arguments' });
    const command = dialog.getByRole('textbox', { name: 'Command' });
    await expect.poll(() => command.inputValue()).toBe('echo hello');
    const run = dialog.getByRole('button', { name: 'Run', exact: true });
    await command.fill('');
    await run.click();
    await dialog.getByText('The task function needs this.').waitFor();
    await dialog.getByText('JSON', { exact: true }).click();
    const json = dialog.getByRole('textbox', { name: 'Arguments as JSON' });
    await json.fill('[1]');
    await dialog.getByText('Arguments are one JSON object').waitFor();
    expect(await run.isDisabled()).toBe(true);
    await json.fill('{"command":"echo edited by hand","environment":{"LEVEL":1}}');
    await run.click();
    await dialog.getByText('environment.LEVEL: must be string').waitFor();
    await json.fill('{"command":"echo edited by hand"}');
    await dialog.getByText('Form', { exact: true }).click();
    await expect.poll(() => command.inputValue()).toBe('echo edited by hand');
    await run.click();
    await page.waitForURL((url) => url.pathname !== `/executions/${greeted}`);
    await page.getByRole('log').getByText('edited by hand').waitFor();
    await page.context().close();
  });

  it('is not run again while its job is disabled', async () => {
    const id = await trigger(jobs.greets);
    await ended(id);
    await client.setEnabled(jobs.greets, false);
    onTestFinished(() => client.setEnabled(jobs.greets, true));
    const page = await admin.page();
    await settled(page, `/executions/${id}`);
    const run = page.getByRole('button', { name: 'Run again' });
    expect(await run.isDisabled()).toBe(true);
    await run.locator('..').hover();
    await page.getByRole('tooltip', { name: 'The job is disabled: enable it to run it.' }).waitFor();
    await page.getByRole('button', { name: 'More ways to run it again' }).click();
    expect(await page.getByRole('menuitem', { name: /edited arguments/ }).isDisabled()).toBe(true);
    await page.context().close();
  });
});
