/** One job as it is written: by the builder, with its warnings, reviewed, changed, and changed by two at a time. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { settled, startAdmin, typeKeys, type AdminUnderTest } from './admin.js';

let admin: AdminUnderTest;
let client: NativeClient;
/** In Berlin at 02:30, where the clocks jump over it once a year. */
let nightlyId: string;

beforeAll(async () => {
  admin = await startAdmin();
  client = await NativeClient.logIn(admin.product.url);
  nightlyId = await client.createShellJob('nightly job of the test', 60, 'true', {
    jobTypeId: 2,
    scheduleConfig: { expression: '30 2 * * *', timezone: 'Europe/Berlin' },
  });
});
afterAll(async () => {
  await admin.stop();
});

interface WireJob {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly scheduleConfig: Record<string, unknown>;
  readonly taskArgs: Record<string, unknown>;
}

const jobNamed = async (name: string): Promise<WireJob | undefined> =>
  (await client.call<{ jobs: WireJob[] }>('GET', `/jobs?q=${encodeURIComponent(name)}`)).jobs[0];

async function pick(page: Page, field: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

describe('the job editor', () => {
  it('makes a job by its builder, with arguments by their schema, and runs it', async () => {
    const page = await admin.page('operator');
    await settled(page, '/jobs/new');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const summary = page.getByRole('alert').filter({ hasText: 'was not saved' });
    await summary.getByRole('link', { name: 'What to run, Task function' }).waitFor();
    await page.locator('[role="alert"]:focus').waitFor();

    await page.getByLabel('Name').fill('weekly report of the test');
    await pick(page, 'Task function', /\(shell\)/);
    await page.getByText('Day and time', { exact: true }).click();
    await page.getByText('On weekdays', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'Friday' }).check();
    await page.getByLabel('At', { exact: false }).and(page.locator('input[type=time]')).fill('07:15');
    await page.getByText('15 7 * * 1,5').first().waitFor();
    await page.getByText(/only on Monday and Friday/).first().waitFor();
    await page.getByRole('textbox', { name: 'Command' }).fill('echo report');
    await page.getByRole('button', { name: 'Save & run' }).click();

    await page.waitForURL(/\/executions\/[0-9a-f-]{36}/);
    await page.getByRole('heading', { level: 1, name: /^weekly report of the test #/ }).waitFor();
    await page.getByRole('heading', { level: 1 }).locator('..').getByText('Succeeded').waitFor();
    await page.getByText('report', { exact: true }).waitFor();
    expect(await jobNamed('weekly report of the test')).toMatchObject({ scheduleConfig: { expression: '15 7 * * 1,5' }, taskArgs: { command: 'echo report' } });
    await page.context().close();
  });

  it('shows cron as days where it is no more than that, and says what the API finds wrong with it', async () => {
    const page = await admin.page();
    await settled(page, '/jobs/new');
    await page.getByText('Cron', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Cron expression' }).fill('61 * * * *');
    await page.getByRole('status').getByText(/Minute field has 61/).waitFor();
    await page.getByRole('button', { name: 'Every 5 minutes' }).click();
    await page.getByText('Every 5 minutes', { exact: true }).nth(1).waitFor();
    await page.getByText('Day and time', { exact: true }).click();
    await page.getByText('It does not fire at one time of the day.', { exact: false }).waitFor();
    await page.getByRole('textbox', { name: 'Cron expression' }).fill('0 9 1,L * *');
    await page.getByText('Day and time', { exact: true }).click();
    expect(await page.getByRole('checkbox', { name: 'Last day of the month' }).isChecked()).toBe(true);
    await page.context().close();
  });

  it('warns of a schedule that fires too often, or together with many others', async () => {
    const crowd = await Promise.all(Array.from({ length: 10 }, (_, at) => client.createShellJob(`crowd ${String(at)} of the test`, 0, 'true', { jobTypeId: 2, scheduleConfig: { expression: '0 17 3 1 1 * 2040' } })));
    const slow = await client.createShellJob('slow job of the test', 86_400, 'sleep 2');
    const { executionId } = await client.call<{ executionId: string }>('POST', `/jobs/${slow}/trigger`);
    await client.awaitExecution(slow, 'it has run', (execution) => execution.id === executionId && execution.status === 'success');
    const page = await admin.page();
    await settled(page, `/jobs/${slow}/edit`);
    await page.getByText('Cron', { exact: true }).click();
    const expression = page.getByRole('textbox', { name: 'Cron expression' });
    const warnings = page.getByRole('list', { name: 'Warnings' });
    await expression.fill('* * * * * *');
    await warnings.getByText('It fires more often than once a minute: runs are 1 s apart.').waitFor();
    await warnings.getByText(/^Runs are 1 s apart, but 5 % of them take longer than/).waitFor();
    await expression.fill('30 17 3 1 1 * 2040');
    await warnings.getByText(/^\d+ other jobs are due in the same minute, at 03:17/).waitFor();
    await expression.fill('0 18 3 1 1 * 2040');
    await warnings.waitFor({ state: 'detached' });
    for (const id of [...crowd, slow]) await client.call('DELETE', `/jobs/${id}`);
    await page.context().close();
  });

  it('says in one line what a change of the clocks does, be it to many fires', async () => {
    const page = await admin.page('admin', { timeZone: 'Europe/Berlin' });
    await settled(page, '/jobs/new');
    await page.getByText('Cron', { exact: true }).click();
    const expression = page.getByRole('textbox', { name: 'Cron expression' });
    const changes = page.getByRole('list', { name: 'Changes of the clocks' }).getByRole('listitem');
    for (const [text, back] of [
      ['*/5 * * * *', 'The clocks show 02:00–02:55 twice: its 12 runs come both times.'],
      ['* * * * *', 'The clocks show 02:00–02:59 twice: its 60 runs come both times.'],
    ] as const) {
      await expression.fill(text);
      await changes.filter({ hasText: back }).waitFor();
      expect(await changes.count()).toBe(1);
    }
    await expression.fill('0-59 2 * * *');
    await changes.filter({ hasText: 'The clocks show 02:00–02:59 twice: its 60 runs come once, the first time.' }).waitFor();
    await changes.filter({ hasText: 'The clocks jump over its time: it runs at 03:00.' }).waitFor();
    expect(await changes.count()).toBe(2);
    await page.context().close();
  });

  it('shows what a change does, before it is saved, and sends only that', async () => {
    const page = await admin.page();
    await settled(page, `/jobs/${nightlyId}/edit`);
    await page.locator('input[type=time]').fill('03:45');
    const changes = page.getByRole('region', { name: 'Changes', exact: true });
    await changes.getByText('45 3 * * *').waitFor();
    expect(await changes.getByRole('row').count()).toBe(2);
    await page.getByRole('region', { name: 'Next runs as it is now' }).getByText('02:30:00').first().waitFor();
    await page.getByRole('region', { name: 'Next runs after saving' }).getByText('03:45:00').first().waitFor();

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Jobs' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(new RegExp(`/jobs/${nightlyId}$`));
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByText(/45 3 \* \* \*/).first().waitFor();
    await client.call('PUT', `/jobs/${nightlyId}`, { jobTypeId: 2, scheduleConfig: { expression: '30 2 * * *', timezone: 'Europe/Berlin' } });
    await page.context().close();
  });

  it('asks before what was typed is lost: by keys, by the palette and by Back', async () => {
    const page = await admin.page();
    await settled(page, '/jobs');
    await page.getByRole('link', { name: 'New job' }).waitFor();
    await page.keyboard.press('n');
    await page.waitForURL(/\/jobs\/new$/);
    await page.getByLabel('Name').fill('half a job');
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    const stay = async () => {
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect([new URL(page.url()).pathname, await page.getByLabel('Name').inputValue()]).toEqual(['/jobs/new', 'half a job']);
    };
    await page.getByRole('heading', { level: 1 }).focus();
    await typeKeys(page, 'g', 'j');
    await stay();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to a page or a job').fill('workers');
    await page.keyboard.press('Enter');
    await stay();
    await page.evaluate('history.back()');
    await stay();
    // Nothing is lost by going to a part of the form, and one step back is still one step.
    await page.getByRole('navigation', { name: 'Sections of the form' }).getByRole('link', { name: 'Reliability' }).click();
    await page.evaluate('history.back()');
    await stay();
    await page.evaluate('history.back()');
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL(/\/jobs$/);
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await page.context().close();
  });

  it('keeps in mind every argument that is wrong, not only the last one', async () => {
    const page = await admin.page();
    // None of the functions that Takt brings along has an argument that is typed as JSON.
    await page.route('**/scheduler/task-functions*', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { taskFunctions: { name: string; argumentSchema: { properties: object } | null }[] };
      const shell = body.taskFunctions.find(({ name }) => name === 'shell');
      const numbers = { type: 'array', items: { type: 'number' } };
      if (shell?.argumentSchema) shell.argumentSchema.properties = { ...shell.argumentSchema.properties, matrix: numbers, weights: numbers };
      await route.fulfill({ response, json: body });
    });
    let sent = 0;
    await page.route('**/scheduler/jobs', (route) => {
      if (route.request().method() === 'POST') sent += 1;
      return route.continue();
    });
    await settled(page, '/jobs/new');
    await page.getByLabel('Name').fill('job with numbers');
    await pick(page, 'Task function', /\(shell\)/);
    await page.getByRole('textbox', { name: 'Command' }).fill('true');
    await page.getByRole('textbox', { name: 'Matrix' }).fill('[1, ');
    await page.getByRole('textbox', { name: 'Weights' }).fill('[2, ');
    await page.getByRole('textbox', { name: 'Weights' }).fill('[2]');
    await page.getByRole('textbox', { name: 'Command' }).fill('echo');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const summary = page.getByRole('alert').filter({ hasText: 'one thing is wrong' });
    await summary.getByRole('link', { name: /Matrix/ }).waitFor();
    expect(await page.getByText(/^This is not JSON/).count()).toBe(1);
    await page.getByRole('textbox', { name: 'Matrix' }).fill('[1]');
    await summary.waitFor({ state: 'detached' });
    expect(sent).toBe(0);
    await page.context().close();
  });

  it('asks what to do when somebody else was faster', async () => {
    const page = await admin.page();
    await settled(page, `/jobs/${nightlyId}/edit`);
    await page.getByLabel('Description').fill('mine');
    await client.call('PUT', `/jobs/${nightlyId}`, { description: 'theirs' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this job' });
    await dialog.getByRole('button', { name: 'Load again' }).click();
    await expect.poll(() => page.getByLabel('Description').inputValue()).toBe('theirs');

    await page.getByLabel('Description').fill('mine after all');
    await client.call('PUT', `/jobs/${nightlyId}`, { description: 'theirs again' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByRole('button', { name: 'Overwrite' }).click();
    await page.waitForURL(new RegExp(`/jobs/${nightlyId}$`));
    expect((await jobNamed('nightly job of the test'))?.description).toBe('mine after all');
    await page.context().close();
  });
});
