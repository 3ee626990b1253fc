/** The list of jobs: found, filtered, worked by keyboard, changed one by one and many at a time, and as a viewer. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { settled, typeKeys } from './admin.js';
import { createRunningJobs, RUNNING_JOBS, startSite, type Site } from './site.js';

const DIGESTS = 24;
const BROUGHT_ALONG = 4;
const TOTAL = DIGESTS + RUNNING_JOBS + BROUGHT_ALONG;

let site: Site;

beforeAll(async () => {
  site = await startSite();
  for (let at = 0; at < DIGESTS; at += 1) await site.client.createShellJob(`digest ${String(at).padStart(2, '0')}`, 3_600, 'echo digest');
  await createRunningJobs(site);
});
afterAll(async () => {
  await site.admin.stop();
});

const focusedText = (page: Page) => page.evaluate<string>("document.activeElement?.textContent ?? ''");

describe('the list of jobs', () => {
  it('keeps search, filter and order in the address', async () => {
    await site.onPage('admin', '/jobs', async (page) => {
      await page.getByText(`of ${String(TOTAL)} jobs`).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('digest 1');
      await page.getByText('1–10 of 10 jobs').waitFor();
      await page.waitForURL(/q=digest/);
      await page.getByRole('button', { name: 'Name', exact: true }).click();
      await page.waitForURL(/sort=name/);
      await page.reload();
      await page.getByText('1–10 of 10 jobs').waitFor();
      expect(await page.locator('tbody th a').first().textContent()).toBe('digest 10');
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
      await page.getByText(`of ${String(TOTAL)} jobs`).waitFor();
      await page.goBack();
      await page.getByText('1–10 of 10 jobs').waitFor();
    });
  });

  it('shows the last page for one that is gone', async () => {
    await site.onPage('admin', '/jobs?page=9', async (page) => {
      await page.waitForURL(/page=2/);
      await page.getByText(`21–${String(TOTAL)} of ${String(TOTAL)} jobs`).waitFor();
    });
  });

  it('does not say that there are none while the last page is on its way', async () => {
    await site.onPage('admin', '/', async (page) => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => { release = resolve; });
      await page.route(/\/scheduler\/jobs\?(.*&)?page=2&/, async (route) => {
        await held;
        await route.continue();
      });
      await page.goto('/jobs?page=9');
      await page.getByText(`21–${String(TOTAL)} of ${String(TOTAL)} jobs`).waitFor();
      expect(await page.getByText('No jobs yet').count()).toBe(0);
      release();
      await page.getByRole('table', { name: 'Jobs' }).getByRole('link').first().waitFor();
    });
  });

  it('switches a job off at once, back by undo, and back by itself when the API refuses', async () => {
    await site.onPage('admin', '/jobs?q=digest%2000', async (page) => {
      const power = page.getByRole('switch', { name: 'digest 00 is enabled' });
      await power.click({ force: true });
      await page.getByText('“digest 00” is disabled.').waitFor();
      expect(await power.isChecked()).toBe(false);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('“digest 00” is enabled again.').waitFor();
      expect((await site.jobsOf('digest 00'))[0]?.isEnabled).toBe(true);
      let refuse: () => void = () => undefined;
      const held = new Promise<void>((resolve) => { refuse = resolve; });
      await page.route('**/jobs/*/status', async (route) => {
        await held;
        await route.fulfill({ status: 409, json: { detail: 'somebody else was faster' } });
      });
      await power.click({ force: true });
      await page.locator('tbody [role=switch]:not(:checked)').waitFor({ state: 'attached' });
      refuse();
      await page.getByRole('alert').getByText('somebody else was faster').waitFor();
      await page.locator('tbody [role=switch]:checked').waitFor({ state: 'attached' });
    });
  });

  it('is worked by keyboard', async () => {
    await site.onPage('admin', '/jobs?q=digest&sort=name', async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      expect(await focusedText(page)).toBe('digest 01');
      await page.keyboard.press('x');
      await page.getByText('1 selected').waitFor();
      await page.keyboard.press('k');
      expect(await focusedText(page)).toBe('digest 00');
      await page.keyboard.press('r');
      await page.getByText('Started “digest 00”.').waitFor();
      // The second key of two is not the row's own e.
      await typeKeys(page, 'g', 'e');
      await page.waitForURL(/\/executions$/);
      await page.goBack();
      await page.getByRole('link', { name: 'digest 00' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
      await page.goBack();
      await page.getByRole('link', { name: 'digest 02' }).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('e');
      await page.waitForURL(/\/jobs\/[0-9a-f-]{36}\/edit\?list=q%3Ddigest/);
    });
  });

  it('is what its editor leads back to, with its filters and the saved row marked', async () => {
    await site.onPage('admin', '/jobs?q=digest&sort=-name', async (page) => {
      const opened = async () => {
        await page.getByRole('button', { name: 'More for digest 09' }).click();
        await page.getByRole('menuitem', { name: 'Edit' }).click();
        await page.getByRole('heading', { level: 1, name: 'Edit digest 09' }).waitFor();
        return page.getByLabel('Description');
      };
      const isList = (url: URL) => url.pathname === '/jobs' && url.searchParams.get('q') === 'digest' && url.searchParams.get('sort') === '-name';
      await opened();
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.waitForURL(isList);
      await (await opened()).fill('changed from the list');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.waitForURL(isList);
      await page.locator('tr[data-highlighted]', { hasText: 'changed from the list' }).waitFor();
      await page.getByRole('button', { name: 'Name', exact: true }).click();
      await page.waitForURL((url) => url.searchParams.get('sort') === 'name' && !url.searchParams.has('saved'));
      await page.locator('tr[data-highlighted]').waitFor({ state: 'detached' });
    });
  });

  it('puts those that fail most first', async () => {
    await site.onPage('admin', '/jobs', async (page) => {
      await page.getByRole('button', { name: 'Last 20 runs' }).click();
      await page.waitForURL(/sort=-failures/);
      await page.locator('tbody tr:first-child', { hasText: 'import of nothing' }).waitFor();
    });
  });

  it('filters by time zone', async () => {
    const id = await site.client.createShellJob('zoned digest', 0, 'true', { jobTypeId: 2, scheduleConfig: { hour: '9', timezone: 'Asia/Tokyo' } });
    onTestFinished(async () => { await site.client.call('DELETE', `/jobs/${id}`); });
    await site.onPage('admin', '/jobs', async (page) => {
      await page.getByRole('combobox', { name: 'Time zone' }).fill('tok');
      await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
      await page.waitForURL(/timezone=Asia/);
      await page.getByText('1 of 1 job').waitFor();
      await page.getByRole('link', { name: 'zoned digest' }).waitFor();
    });
  });

  it('does not offer to run what is disabled', async () => {
    const names = ['digest 03', 'digest 04'];
    const ids = await Promise.all(names.map(async (name) => (await site.jobsOf(name))[0]?.id ?? ''));
    await site.client.setEnabled(ids[0] ?? '', false);
    await site.onPage('admin', '/jobs?q=digest%200&sort=name', async (page) => {
      expect(await page.getByRole('button', { name: 'Run digest 03 now' }).isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Run digest 03 now' }).locator('..').hover();
      await page.getByRole('tooltip', { name: /The job is disabled/ }).waitFor();
      const bar = page.getByRole('region', { name: 'Selected jobs' });
      await page.getByRole('checkbox', { name: 'Select digest 03' }).click();
      expect(await bar.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
      await page.getByRole('checkbox', { name: 'Select digest 04' }).click();
      await bar.getByRole('button', { name: 'Run' }).click();
      const dialog = page.getByRole('dialog', { name: 'Run 1 job?' });
      await dialog.getByText('Left out, because disabled: 1 job.').waitFor();
      await dialog.getByRole('button', { name: 'Run 1 job' }).click();
      await page.getByText('Started 1 job.').waitFor();
    });
    await site.client.setEnabled(ids[0] ?? '', true);
  });

  it('stands still while runs change its order, and sorts again when asked', async () => {
    const [early, late] = ['digest 06', 'digest 07'];
    const [first, second] = await Promise.all([early, late].map(async (name) => (await site.jobsOf(name))[0]?.id ?? ''));
    const ran = async (id = '') => {
      const { executionId } = await site.client.call<{ executionId: string }>('POST', `/jobs/${id}/trigger`);
      await site.client.awaitExecution(id, 'the run succeeds', (execution) => execution.id === executionId && execution.status === 'success');
    };
    await ran(first);
    await site.onPage('admin', '/jobs?q=digest&sort=-last_run', async (page) => {
      const names = () => page.locator('tbody th a').allTextContents();
      const before = await names();
      expect([before[0], before.length]).toEqual([early, 20]);
      const lastOnPage = before.at(-1) ?? '';
      // It goes to the first place, and the last row to the second page.
      await ran(second);
      const pill = page.getByRole('button', { name: 'The order has changed: sort again' });
      await pill.waitFor();
      expect(await names()).toEqual(before);
      // Rows that belong to another page by now are kept up to date, too.
      const lastId = (await site.jobsOf(lastOnPage))[0]?.id ?? '';
      await site.client.setEnabled(lastId, false);
      await page.getByRole('row', { name: lastOnPage }).getByText('Disabled').waitFor();
      expect(await names()).toEqual(before);
      await site.client.setEnabled(lastId, true);
      await pill.click();
      await page.locator('tbody tr', { hasText: late }).first().and(page.locator('tbody tr:first-child')).waitFor();
      await pill.waitFor({ state: 'detached' });
    });
  });

  it('changes many: the ticked ones, and all that match as a second step', async () => {
    await site.onPage('admin', '/jobs?q=digest', async (page) => {
      const bar = page.getByRole('region', { name: 'Selected jobs' });
      await page.getByRole('checkbox', { name: 'Select all rows on this page' }).click();
      await bar.getByText('20 selected').waitFor();
      await bar.getByRole('button', { name: `Select all ${String(DIGESTS)} matching` }).click();
      await bar.getByText(`All ${String(DIGESTS)} matching jobs`).waitFor();
      await bar.getByRole('button', { name: 'Disable' }).click();
      await page.getByRole('dialog').getByRole('button', { name: `Disable ${String(DIGESTS)} jobs` }).click();
      await page.getByText(`Disabled ${String(DIGESTS)} jobs.`).waitFor();
      expect((await site.jobsOf('digest')).filter(({ isEnabled }) => isEnabled)).toEqual([]);
      expect((await site.jobsOf('heartbeat'))[0]?.isEnabled).toBe(true);
      await page.goto('/jobs?q=digest&sort=name');
      for (const name of ['digest 20', 'digest 21']) {
        await page.getByRole('button', { name: 'Page 2' }).click();
        await page.getByRole('checkbox', { name: `Select ${name}` }).click();
      }
      await bar.getByRole('button', { name: 'Delete' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Delete 2 jobs' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByRole('textbox').fill('2');
      await confirm.click();
      await page.getByText('Deleted 2 jobs.').waitFor();
      expect(await site.jobsOf('digest')).toHaveLength(DIGESTS - 2);
    });
  });

  it('duplicates a job, and deletes the copy when its name is typed', async () => {
    await site.onPage('admin', '/jobs?q=digest%2005', async (page) => {
      await page.getByRole('button', { name: 'More for digest 05' }).click();
      await page.getByRole('menuitem', { name: 'Duplicate' }).click();
      await page.getByText(/^Made “/).waitFor();
      const copy = (await site.jobsOf('digest 05')).find(({ name }) => name !== 'digest 05');
      expect(copy?.isEnabled).toBe(false);
      await page.getByRole('button', { name: `More for ${copy?.name ?? ''}` }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill(copy?.name ?? '');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete job' }).click();
      await page.getByText(/^Deleted “/).waitFor();
      expect((await site.jobsOf('digest 05')).map(({ name }) => name)).toEqual(['digest 05']);
    });
  });

  it('lets a viewer look and change nothing', async () => {
    await site.onPage('viewer', '/jobs?q=heartbeat', async (page) => {
      expect(await page.getByRole('switch', { name: 'heartbeat is enabled' }).isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name: 'Run heartbeat now' }).isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'More for heartbeat' }).click();
      expect(await page.getByRole('menuitem', { name: 'Duplicate' }).isDisabled()).toBe(true);
      expect(await page.getByRole('menuitem', { name: 'Executions' }).isEnabled()).toBe(true);
      await page.keyboard.press('Escape');
      await page.getByRole('checkbox', { name: 'Select heartbeat' }).click();
      expect(await page.getByRole('region', { name: 'Selected jobs' }).getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    });
  });

  it('needs no sideways scrolling at 320 pixels', async () => {
    const page = await site.admin.page();
    await page.setViewportSize({ width: 320, height: 640 });
    await settled(page, '/jobs');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.context().close();
  });
});
