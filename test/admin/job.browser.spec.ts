/** The page of one job: when it fires, how it ran, run from it, switched off, copied and deleted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { settled, startAdmin, typeKeys, type AdminUnderTest } from './admin.js';

let admin: AdminUnderTest;
let client: NativeClient;
/** Runs every 10 s. */
let busyId: string;
/** In Berlin at 02:30, where the clocks jump over it once a year. */
let nightlyId: string;

beforeAll(async () => {
  admin = await startAdmin();
  client = await NativeClient.logIn(admin.product.url);
  busyId = await client.createShellJob('busy job of the test', 10, 'echo hello');
  nightlyId = await client.createShellJob('nightly job of the test', 60, 'true', {
    jobTypeId: 2,
    scheduleConfig: { expression: '30 2 * * *', timezone: 'Europe/Berlin' },
    dependsOn: [busyId],
  });
  await client.call('POST', `/jobs/${busyId}/trigger`);
});
afterAll(async () => {
  await admin.stop();
});

describe('the page of a job', () => {
  it('says when it fires, in its zone and here, and what the clocks do to it', async () => {
    const page = await admin.page();
    await settled(page, `/jobs/${nightlyId}`);
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText('nightly job of the test').waitFor();
    await page.getByText(/now \d\d:\d\d:\d\d in Europe\/Berlin/).waitFor();
    expect(await page.getByRole('region', { name: 'Fire times to come' }).getByRole('row').count()).toBe(11);
    await page.getByRole('list', { name: 'Changes of the clocks' }).getByText(/The clocks jump over its time: it runs at 03:00/).waitFor();
    await page.getByRole('link', { name: 'busy job of the test' }).waitFor();
    await page.context().close();
  });

  it('walks its runs by keyboard, and keeps the chosen one in the address', async () => {
    const page = await admin.page();
    await settled(page, `/jobs/${busyId}?tab=runs`);
    const cells = page.getByRole('grid', { name: 'Runs, oldest first' }).getByRole('gridcell');
    await cells.first().waitFor();
    await cells.last().getByRole('button').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(/run=/);
    await page.getByRole('heading', { level: 3, name: /^Run #/ }).waitFor();
    const linked = new URL(page.url());
    await settled(page, `/jobs/${busyId}/grid${linked.search}`);
    await page.getByRole('heading', { level: 3, name: /^Run #/ }).waitFor();
    await page.context().close();
  });

  it('shows the runs around the one of a link, and that one in sight', async () => {
    const oftenId = await client.createShellJob('job of many runs', 3_600, 'true');
    const runs: string[] = [];
    for (let at = 0; at < 13; at += 1) {
      const { executionId } = await client.call<{ executionId: string }>('POST', `/jobs/${oftenId}/trigger`);
      await client.awaitExecution(oftenId, `run ${String(at + 1)} ends`, ({ id, status }) => id === executionId && status === 'success');
      runs.push(executionId);
    }
    const [oldest, newest] = [runs[0] ?? '', runs.at(-1) ?? ''];
    const page = await admin.page();
    const cell = (id: string) => page.locator(`[role=gridcell][data-run="${id}"]`);
    await page.addInitScript("localStorage.setItem('takt.grid.size', '10')");
    await settled(page, `/jobs/${oftenId}/grid?run=${oldest}`);
    await cell(oldest).and(page.locator('[aria-selected=true]')).waitFor();
    expect(await cell(newest).count()).toBe(0);
    await page.getByRole('button', { name: 'Latest' }).click();
    await cell(newest).waitFor();
    expect(await cell(oldest).count()).toBe(0);

    // All of them, and not wide enough for that.
    await page.addInitScript("localStorage.setItem('takt.grid.size', '25')");
    await page.setViewportSize({ width: 320, height: 640 });
    const isInSight = (id: string) =>
      page.evaluate<boolean>(`(() => {
        const cell = document.querySelector('[data-run="${id}"]').getBoundingClientRect();
        const box = document.querySelector('[role=grid]').parentElement.getBoundingClientRect();
        return cell.left >= box.left && cell.right <= box.right;
      })()`);
    for (const [chosen, other] of [[oldest, newest], [newest, oldest]] as const) {
      await settled(page, `/jobs/${oftenId}/grid?run=${chosen}`);
      await cell(chosen).and(page.locator('[aria-selected=true]')).waitFor();
      await expect.poll(() => isInSight(chosen)).toBe(true);
      expect(await isInSight(other)).toBe(false);
    }
    await page.context().close();
  });

  it('shows its times in the zone that is chosen, on a list and on a page', async () => {
    const id = await client.createShellJob('job in another zone', 60, 'true', { jobTypeId: 2, scheduleConfig: { expression: '30 2 * * *', timezone: 'Europe/Berlin' } });
    const { executionId } = await client.call<{ executionId: string }>('POST', `/jobs/${id}/trigger`);
    const { startedAt } = await client.awaitExecution(id, 'the run ends', (execution) => execution.id === executionId && execution.status === 'success');
    const at = startedAt ?? '';
    const local = (zone: string) => new Date(at).toLocaleString('sv-SE', { timeZone: zone });
    const page = await admin.page('admin', { timeZone: 'Asia/Tokyo' });
    const choose = async (choice: string | RegExp) => {
      await page.getByRole('button', { name: /^Times are shown in/ }).click();
      await page.getByRole('radio', { name: choice }).click();
      await page.getByRole('dialog', { name: 'Time zone' }).waitFor({ state: 'detached' });
    };
    await settled(page, '/jobs?q=another%20zone');
    const lastRun = page.getByRole('row', { name: /job in another zone/ }).locator(`time[datetime="${at}"]`);
    const saysOnHover = async (words: string) => {
      await lastRun.hover();
      await page.getByRole('tooltip').filter({ hasText: words }).waitFor();
      await page.getByRole('heading', { level: 1 }).hover();
      await page.getByRole('tooltip').first().waitFor({ state: 'detached' });
    };
    await saysOnHover(`${local('Europe/Berlin')} Europe/Berlin`);
    await choose(/^Browser zone/);
    await saysOnHover(`${local('Asia/Tokyo')} Asia/Tokyo`);
    await choose('UTC');
    await saysOnHover(`${local('UTC')} UTC`);

    // The choice stays.
    await settled(page, `/executions/${executionId}`);
    const times = page.getByRole('region', { name: 'Times' });
    await times.getByText('UTC', { exact: true }).waitFor();
    expect(await times.getByText(local('Europe/Berlin')).count()).toBe(0);
    await choose(/^Browser zone/);
    await times.getByText('Asia/Tokyo and UTC').waitFor();
    await times.getByText(local('Asia/Tokyo')).first().waitFor();
    await choose('Job zone');
    await times.getByText('Europe/Berlin and UTC').waitFor();
    await times.getByText(local('Europe/Berlin')).first().waitFor();

    // And where a drawing has the times.
    await settled(page, `/jobs/${id}?tab=runs`);
    const mark = page.locator(`[data-run="${executionId}"]`).getByRole('button');
    expect(await mark.getAttribute('aria-label')).toMatch(/ due \d{4}-\d\d-\d\d \d\d:\d\d:\d\d Europe\/Berlin,/);
    await choose('UTC');
    await expect.poll(() => mark.getAttribute('aria-label')).toMatch(/ due \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC,/);
    await page.context().close();
  });

  it('keeps its runs where they are while new ones come', async () => {
    const quietId = await client.createShellJob('quiet job of the test', 3_600, 'true');
    const run = async () => client.call<{ executionId: string }>('POST', `/jobs/${quietId}/trigger`);
    const { executionId } = await run();
    const page = await admin.page();
    await settled(page, `/jobs/${quietId}?tab=runs`);
    const cells = page.getByRole('gridcell');
    await page.getByRole('gridcell').getByRole('button', { name: /Succeeded/ }).waitFor();
    await run();
    const pill = page.getByRole('button', { name: '1 new run' });
    await pill.waitFor();
    expect([await cells.count(), await cells.first().getAttribute('data-run')]).toEqual([1, executionId]);
    await pill.click();
    await cells.nth(1).waitFor();
    await pill.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it.each([
    ['overview', 'Executions, newest first'],
    ['executions', 'Executions of the job'],
  ])('keeps executions in the tab %s where they are while new ones come', async (tab, label) => {
    const id = await client.createShellJob(`still ${tab} of the test`, 86_400, 'true');
    const run = async () => {
      const { executionId } = await client.call<{ executionId: string }>('POST', `/jobs/${id}/trigger`);
      await client.awaitExecution(id, 'the run succeeds', (execution) => execution.id === executionId && execution.status === 'success');
    };
    await run();
    const page = await admin.page();
    await settled(page, `/jobs/${id}?tab=${tab}`);
    const rows = page.getByRole('table', { name: label }).locator('tbody tr');
    const numbers = () => rows.locator('th a').allTextContents();
    await rows.first().waitFor();
    const [first] = await numbers();
    await run();
    const pill = page.getByRole('button', { name: '1 new execution' });
    await pill.waitFor();
    expect(await numbers()).toEqual([first]);
    await pill.click();
    await rows.nth(1).waitFor();
    expect(await numbers()).toEqual([expect.not.stringMatching(`^${String(first)}$`), first]);
    await pill.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('is switched off at once, back by undo, and not run while it is off', async () => {
    const page = await admin.page();
    await settled(page, `/jobs/${nightlyId}`);
    const power = page.getByRole('switch', { name: 'Enabled' });
    await power.click({ force: true });
    await page.getByText('“nightly job of the test” is disabled.').waitFor();
    const run = page.getByRole('button', { name: 'Run now' });
    expect(await run.isDisabled()).toBe(true);
    await run.locator('..').hover();
    await page.getByRole('tooltip', { name: 'The job is disabled: enable it to run it.' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('“nightly job of the test” is enabled again.').waitFor();
    expect(await run.isDisabled()).toBe(false);
    await page.context().close();
  });

  it('is run and edited by the keys of its row in the list', async () => {
    const id = await client.createShellJob('job run by a key', 3_600, 'true');
    const page = await admin.page('operator');
    await settled(page, `/jobs/${id}`);
    // The second key of two is not the page's own e.
    await typeKeys(page, 'g', 'e');
    await page.waitForURL(/\/executions$/);
    await page.goBack();
    await page.getByRole('button', { name: 'Run now' }).waitFor();
    await page.keyboard.press('r');
    await page.getByText('job run by a key was started.').waitFor();
    await page.keyboard.press('e');
    await page.waitForURL(new RegExp(`/jobs/${id}/edit$`));
    await page.context().close();
  });

  it('runs it with other arguments and follows the run', async () => {
    const page = await admin.page('operator');
    await settled(page, `/jobs/${busyId}?trigger=1`);
    const dialog = page.getByRole('dialog', { name: 'Run busy job of the test' });
    const command = dialog.getByRole('textbox', { name: 'Command' });
    await command.fill('');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await dialog.getByText('The task function needs this.').waitFor();
    await command.fill('echo other');
    await dialog.getByText('JSON', { exact: true }).click();
    expect(await dialog.getByRole('textbox', { name: 'Arguments as JSON' }).inputValue()).toContain('"echo other"');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL(/\/executions\/[0-9a-f-]+$/);
    const id = page.url().split('/').at(-1) ?? '';
    expect(await client.call('GET', `/executions/${id}`)).toMatchObject({ taskArgs: { command: 'echo other' }, triggeredBy: 'manual' });

    await settled(page, `/jobs/${busyId}`);
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('link', { name: 'Follow' }).click();
    await page.waitForURL((url) => /\/executions\/[0-9a-f-]+$/.test(url.pathname) && !url.pathname.endsWith(id));
    await page.context().close();
  });

  it('says in the form what is wrong with the arguments as a whole', async () => {
    const python = { name: 'script of the test', taskFunctionId: 9, jobTypeId: 1, scheduleConfig: { hours: 1, minutes: 0, seconds: 0 }, taskArgs: { script_path: 'report.py' }, isEnabled: true };
    const { id } = await client.call<{ id: string }>('POST', '/jobs', python);
    const page = await admin.page('operator');
    await settled(page, `/jobs/${id}?trigger=1`);
    const dialog = page.getByRole('dialog', { name: 'Run script of the test' });
    await dialog.getByRole('textbox', { name: 'Script path' }).fill('');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await dialog.getByRole('alert').getByText('must match a schema in anyOf').waitFor();
    await client.call('DELETE', `/jobs/${id}`);
    await page.context().close();
  });

  it('duplicates it and deletes the copy once its name has been typed', async () => {
    const page = await admin.page();
    await settled(page, `/jobs/${busyId}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await page.waitForURL((url) => /\/edit$/.test(url.pathname) && !url.pathname.includes(busyId));
    const copyId = new URL(page.url()).pathname.split('/')[2] ?? '';
    const { name } = await client.call<{ name: string }>('GET', `/jobs/${copyId}`);
    await settled(page, `/jobs/${copyId}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this job?' });
    expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(name);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/jobs$/);
    await page.context().close();
  });

  it('keeps the viewer from writing', async () => {
    const page = await admin.page('viewer');
    await settled(page, `/jobs/${busyId}?trigger=1`);
    expect(await page.getByRole('button', { name: 'Run now' }).isDisabled()).toBe(true);
    expect(await page.getByRole('dialog').count()).toBe(0);
    const edit = page.getByRole('button', { name: 'Edit' });
    expect(await edit.isDisabled()).toBe(true);
    await edit.locator('..').hover();
    await page.getByRole('tooltip', { name: 'Needs the role Operator' }).waitFor();
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByText('Changes need the role Operator').waitFor();
    const items = await page.getByRole('menuitem').all();
    expect(items.length).toBeGreaterThan(2);
    expect(await Promise.all(items.map((item) => item.isDisabled()))).toEqual(items.map(() => true));
    expect(new URL(page.url()).pathname).toBe(`/jobs/${busyId}`);
    await page.context().close();
  });

  it('needs no sideways scrolling at 320 pixels', async () => {
    const page = await admin.page();
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of [`/jobs/${nightlyId}`, `/jobs/${busyId}?tab=runs`, `/jobs/${nightlyId}/edit`]) {
      await settled(page, path);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(320);
    }
    await page.context().close();
  });
});
