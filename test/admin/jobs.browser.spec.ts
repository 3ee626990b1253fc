/** The pages that show all jobs at once: overview, list of jobs, timeline; empty, filled, by keyboard and as a viewer. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { eventually } from '../e2e/product.js';
import { settled, startAdmin, typeKeys, type AdminUnderTest } from './admin.js';

const PAGES = ['/', '/jobs', '/timeline'] as const;
const DIGESTS = 24;
/** Of somebody's own. */
const FIRST = 'first job of all';
const OURS = 3;
const BROUGHT_ALONG = 4;
const TOTAL = DIGESTS + OURS + BROUGHT_ALONG;

let admin: AdminUnderTest;
let client: NativeClient;

beforeAll(async () => {
  admin = await startAdmin();
  client = await NativeClient.logIn(admin.product.url);
});
afterAll(async () => {
  await admin.stop();
});

interface WireJob {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
}

async function jobsOf(q: string): Promise<WireJob[]> {
  const { jobs } = await client.call<{ jobs: WireJob[] }>('GET', `/jobs?per_page=100&q=${encodeURIComponent(q)}`);
  return jobs;
}

/** A page that does what it is for, and is thrown away. */
async function onPage(login: 'admin' | 'viewer', path: string, act: (page: Page) => Promise<void>): Promise<void> {
  const page = await admin.page(login);
  await settled(page, path);
  await act(page);
  await page.context().close();
}

const focusedText = (page: Page) => page.evaluate<string>("document.activeElement?.textContent ?? ''");

describe('a new installation', () => {
  it('leads through the first steps', async () => {
    await onPage('admin', '/', async (page) => {
      await page.getByRole('region', { name: 'First steps' }).getByRole('link', { name: 'New job' }).waitFor();
      await page.getByRole('link', { name: /^Enabled jobs/ }).click();
      await page.waitForURL(/\/jobs\?status=enabled$/);
      await page.getByRole('link', { name: 'Token Cleanup (Daily)' }).waitFor();
      await page.getByPlaceholder('Search name or description').fill('nothing is called so');
      await page.getByText('No jobs match these filters').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.getByRole('link', { name: 'Token Cleanup (Daily)' }).waitFor();
    });
  });
});

describe('the first steps', () => {
  const forget = async () => {
    for (const { id } of await jobsOf(FIRST)) await client.call('DELETE', `/jobs/${id}`);
  };
  beforeEach(forget);
  afterAll(forget);

  it('stay, ticked as they are taken, until they are dismissed', async () => {
    const page = await admin.page();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await settled(page, '/');
    const steps = page.getByRole('region', { name: 'First steps' });
    const step = (title: string) => steps.getByRole('listitem').filter({ hasText: title });
    await steps.getByText('Nobody has created a job yet', { exact: false }).waitFor();
    const id = await client.createShellJob(FIRST, 86_400, 'true');
    await step('Create the first job').getByText('done').waitFor();
    expect(await step('Run it').getByText('done').count()).toBe(0);
    await client.call('POST', `/jobs/${id}/trigger`);
    await step('Run it').getByText('done').waitFor();
    await steps.getByText(/^\d of 4 are done\.$/).waitFor();
    await steps.getByRole('button', { name: 'Dismiss the first steps' }).click();
    await steps.waitFor({ state: 'detached' });
    // What the card asks for, with the other cards when the page opens, and not at all once it has been dismissed.
    const NEWEST = 'jobs?sort=-created';
    expect(asked.some((url) => url.includes(NEWEST))).toBe(true);
    asked.length = 0;
    await page.reload();
    await page.getByRole('region', { name: 'Up next' }).getByRole('link').first().waitFor();
    expect(asked.filter((url) => url.includes(NEWEST))).toEqual([]);
    expect(await steps.count()).toBe(0);
    await page.context().close();
  });
});

describe('with jobs', () => {
  beforeAll(async () => {
    for (let at = 0; at < DIGESTS; at += 1) await client.createShellJob(`digest ${String(at).padStart(2, '0')}`, 3_600, 'echo digest');
    await client.createShellJob('heartbeat', 2, 'echo beat');
    await client.createShellJob('import of nothing', 2, 'echo "no such table" >&2; exit 3', { retryCount: 0, description: 'reads what is not there' });
    await client.createShellJob('long report with a name that goes on and on, as names do when many people have a say in them', 2, 'sleep 120', { timeoutSeconds: 300 });
    await eventually('a job that fails', async () => (await client.call<{ failing: unknown[] }>('GET', '/overview/attention')).failing.length > 0);
  });

  describe('the list of jobs', () => {
    it('keeps search, filter and order in the address', async () => {
      await onPage('admin', '/jobs', async (page) => {
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
      await onPage('admin', '/jobs?page=9', async (page) => {
        await page.waitForURL(/page=2/);
        await page.getByText(`21–${String(TOTAL)} of ${String(TOTAL)} jobs`).waitFor();
      });
    });

    it('does not say that there are none while the last page is on its way', async () => {
      await onPage('admin', '/', async (page) => {
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
      await onPage('admin', '/jobs?q=digest%2000', async (page) => {
        const power = page.getByRole('switch', { name: 'digest 00 is enabled' });
        await power.click({ force: true });
        await page.getByText('“digest 00” is disabled.').waitFor();
        expect(await power.isChecked()).toBe(false);
        await page.getByRole('button', { name: 'Undo' }).click();
        await page.getByText('“digest 00” is enabled again.').waitFor();
        expect((await jobsOf('digest 00'))[0]?.isEnabled).toBe(true);
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
      await onPage('admin', '/jobs?q=digest&sort=name', async (page) => {
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
      await onPage('admin', '/jobs?q=digest&sort=-name', async (page) => {
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
      await onPage('admin', '/jobs', async (page) => {
        await page.getByRole('button', { name: 'Last 20 runs' }).click();
        await page.waitForURL(/sort=-failures/);
        await page.locator('tbody tr:first-child', { hasText: 'import of nothing' }).waitFor();
      });
    });

    it('filters by time zone', async () => {
      const id = await client.createShellJob('zoned digest', 0, 'true', { jobTypeId: 2, scheduleConfig: { hour: '9', timezone: 'Asia/Tokyo' } });
      onTestFinished(async () => { await client.call('DELETE', `/jobs/${id}`); });
      await onPage('admin', '/jobs', async (page) => {
        await page.getByRole('combobox', { name: 'Time zone' }).fill('tok');
        await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
        await page.waitForURL(/timezone=Asia/);
        await page.getByText('1 of 1 job').waitFor();
        await page.getByRole('link', { name: 'zoned digest' }).waitFor();
      });
    });

    it('does not offer to run what is disabled', async () => {
      const names = ['digest 03', 'digest 04'];
      const ids = await Promise.all(names.map(async (name) => (await jobsOf(name))[0]?.id ?? ''));
      await client.setEnabled(ids[0] ?? '', false);
      await onPage('admin', '/jobs?q=digest%200&sort=name', async (page) => {
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
      await client.setEnabled(ids[0] ?? '', true);
    });

    it('stands still while runs change its order, and sorts again when asked', async () => {
      const [early, late] = ['digest 06', 'digest 07'];
      const [first, second] = await Promise.all([early, late].map(async (name) => (await jobsOf(name))[0]?.id ?? ''));
      const ran = async (id = '') => {
        const { executionId } = await client.call<{ executionId: string }>('POST', `/jobs/${id}/trigger`);
        await client.awaitExecution(id, 'the run succeeds', (execution) => execution.id === executionId && execution.status === 'success');
      };
      await ran(first);
      await onPage('admin', '/jobs?q=digest&sort=-last_run', async (page) => {
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
        const lastId = (await jobsOf(lastOnPage))[0]?.id ?? '';
        await client.setEnabled(lastId, false);
        await page.getByRole('row', { name: lastOnPage }).getByText('Disabled').waitFor();
        expect(await names()).toEqual(before);
        await client.setEnabled(lastId, true);
        await pill.click();
        await page.locator('tbody tr', { hasText: late }).first().and(page.locator('tbody tr:first-child')).waitFor();
        await pill.waitFor({ state: 'detached' });
      });
    });

    it('changes many: the ticked ones, and all that match as a second step', async () => {
      await onPage('admin', '/jobs?q=digest', async (page) => {
        const bar = page.getByRole('region', { name: 'Selected jobs' });
        await page.getByRole('checkbox', { name: 'Select all rows on this page' }).click();
        await bar.getByText('20 selected').waitFor();
        await bar.getByRole('button', { name: `Select all ${String(DIGESTS)} matching` }).click();
        await bar.getByText(`All ${String(DIGESTS)} matching jobs`).waitFor();
        await bar.getByRole('button', { name: 'Disable' }).click();
        await page.getByRole('dialog').getByRole('button', { name: `Disable ${String(DIGESTS)} jobs` }).click();
        await page.getByText(`Disabled ${String(DIGESTS)} jobs.`).waitFor();
        expect((await jobsOf('digest')).filter(({ isEnabled }) => isEnabled)).toEqual([]);
        expect((await jobsOf('heartbeat'))[0]?.isEnabled).toBe(true);
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
        expect(await jobsOf('digest')).toHaveLength(DIGESTS - 2);
      });
    });

    it('duplicates a job, and deletes the copy when its name is typed', async () => {
      await onPage('admin', '/jobs?q=digest%2005', async (page) => {
        await page.getByRole('button', { name: 'More for digest 05' }).click();
        await page.getByRole('menuitem', { name: 'Duplicate' }).click();
        await page.getByText(/^Made “/).waitFor();
        const copy = (await jobsOf('digest 05')).find(({ name }) => name !== 'digest 05');
        expect(copy?.isEnabled).toBe(false);
        await page.getByRole('button', { name: `More for ${copy?.name ?? ''}` }).click();
        await page.getByRole('menuitem', { name: 'Delete…' }).click();
        await page.getByRole('dialog').getByRole('textbox').fill(copy?.name ?? '');
        await page.getByRole('dialog').getByRole('button', { name: 'Delete job' }).click();
        await page.getByText(/^Deleted “/).waitFor();
        expect((await jobsOf('digest 05')).map(({ name }) => name)).toEqual(['digest 05']);
      });
    });

    it('lets a viewer look and change nothing', async () => {
      await onPage('viewer', '/jobs?q=heartbeat', async (page) => {
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
  });

  describe('the overview', () => {
    it('shows what fails, what runs and what comes, and cancels a run', async () => {
      await onPage('admin', '/', async (page) => {
        await page.getByRole('region', { name: 'Needs attention' }).getByRole('link', { name: 'import of nothing' }).waitFor();
        await page.getByRole('region', { name: 'Recent failures' }).getByText('no such table').first().waitFor();
        await page.getByRole('region', { name: 'Up next' }).getByRole('link', { name: 'heartbeat' }).waitFor();
        await page.getByRole('region', { name: 'Health' }).getByText('Database').waitFor();
        const active = page.getByRole('region', { name: 'Active now' });
        await active.getByRole('progressbar', { name: /^long report.*time used of its limit$/ }).waitFor();
        await active.getByRole('button', { name: /^Cancel long report/ }).click();
        await page.getByText(/^Asked “long report/).waitFor();
      });
    });

    it('loses one card, not the page, when a card cannot be loaded', async () => {
      const page = await admin.page();
      // Live pages would mend the card by themselves, before its button is pressed.
      await page.addInitScript("localStorage.setItem('takt.live', 'off')");
      let asked = 0;
      await page.route('**/scheduler/timeline*', (route) => {
        asked += 1;
        return route.fulfill({ status: 500, json: { detail: 'broken on purpose' } });
      });
      await page.goto('/');
      await page.getByRole('region', { name: 'Past hour, next hour' }).getByText('broken on purpose').waitFor();
      await page.getByRole('region', { name: 'Up next' }).getByRole('link', { name: 'heartbeat' }).waitFor();
      // A page that asked again by itself would mend the card, or break it again, under the hand.
      expect(asked).toBe(1);
      await page.unroute('**/scheduler/timeline*');
      await page.getByRole('region', { name: 'Past hour, next hour' }).getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('listbox', { name: /^heartbeat:/ }).waitFor();
      await page.context().close();
    });
  });

  describe('the timeline', () => {
    it('is walked and opened by keyboard', async () => {
      await onPage('admin', '/timeline?span=1h', async (page) => {
        const track = page.getByRole('listbox', { name: /^import of nothing: .*failed/ });
        await track.waitFor();
        await page.getByRole('link', { name: 'import of nothing' }).focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Home');
        expect(await track.getByRole('option').textContent()).toMatch(/failed|Failed/);
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/executions(\/[0-9a-f-]{36}|\?job_id=)/);
      });
    });

    it('keeps width, place and view in the address', async () => {
      await onPage('admin', '/timeline', async (page) => {
        await page.getByRole('button', { name: 'Zoom out' }).click();
        await page.waitForURL(/span=6h/);
        await page.keyboard.press('+');
        await page.waitForURL((url) => !url.searchParams.has('span'));
        await page.keyboard.press('-');
        await page.waitForURL(/span=6h/);
        await page.getByRole('button', { name: 'Later', exact: true }).click();
        await page.waitForURL(/at=/);
        await page.keyboard.press('0');
        await page.waitForURL((url) => !url.searchParams.has('at'));
        await page.getByText('Table', { exact: true }).click();
        await page.waitForURL(/view=table/);
        await page.reload();
        await page.getByRole('row', { name: /heartbeat/ }).waitFor();
      });
    });
  });

  it.each(PAGES)('needs no sideways scrolling on %s at 320 pixels', async (path) => {
    const page = await admin.page();
    await page.setViewportSize({ width: 320, height: 640 });
    await settled(page, path);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
    await page.context().close();
  });
});
