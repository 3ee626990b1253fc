/** What all jobs have done and will do: the first steps of a new installation, the overview and the timeline. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settled } from './admin.js';
import { createRunningJobs, startSite, type Site } from './site.js';

/** Of somebody's own. */
const FIRST = 'first job of all';

let site: Site;

beforeAll(async () => {
  site = await startSite();
});
afterAll(async () => {
  await site.admin.stop();
});

describe('a new installation', () => {
  it('leads through the first steps', async () => {
    await site.onPage('admin', '/', async (page) => {
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
    for (const { id } of await site.jobsOf(FIRST)) await site.client.call('DELETE', `/jobs/${id}`);
  };
  beforeEach(forget);
  afterAll(forget);

  it('stay, ticked as they are taken, until they are dismissed', async () => {
    const page = await site.admin.page();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await settled(page, '/');
    const steps = page.getByRole('region', { name: 'First steps' });
    const step = (title: string) => steps.getByRole('listitem').filter({ hasText: title });
    await steps.getByText('Nobody has created a job yet', { exact: false }).waitFor();
    const id = await site.client.createShellJob(FIRST, 86_400, 'true');
    await step('Create the first job').getByText('done').waitFor();
    expect(await step('Run it').getByText('done').count()).toBe(0);
    await site.client.call('POST', `/jobs/${id}/trigger`);
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
    await createRunningJobs(site);
  });

  describe('the overview', () => {
    it('shows what fails, what runs and what comes, and cancels a run', async () => {
      await site.onPage('admin', '/', async (page) => {
        await page.getByRole('region', { name: 'Needs attention' }).getByRole('link', { name: 'import of nothing' }).first().waitFor();
        await page.getByRole('region', { name: 'Recent failures' }).getByText('no such table').first().waitFor();
        await page.getByRole('region', { name: 'Up next' }).getByRole('link', { name: 'heartbeat' }).waitFor();
        await page.getByRole('region', { name: 'Health' }).getByText('Database').waitFor();
        const active = page.getByRole('region', { name: 'Active now' });
        await active.getByRole('progressbar', { name: /^long report.*time used of its limit$/ }).waitFor();
        await active.getByRole('button', { name: /^Cancel long report/ }).click();
        await page.getByText(/^Asked “long report/).waitFor();
      });
    });

    it('says how long a run has been going on, also when nothing is known of its job', async () => {
      const page = await site.admin.page();
      await page.route(/\/scheduler\/jobs\?.*status=running/, (route) => route.fulfill({ json: { jobs: [], total: 0, enabledCount: 0, disabledCount: 0, runningCount: 0 } }));
      await settled(page, '/');
      const active = page.getByRole('region', { name: 'Active now' });
      await active.getByRole('listitem').filter({ hasText: 'long report' }).filter({ hasText: /\d s/ }).first().waitFor();
      await page.context().close();
    });

    it('loses one card, not the page, when a card cannot be loaded', async () => {
      const page = await site.admin.page();
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
      await site.onPage('admin', '/timeline?span=1h', async (page) => {
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
      await site.onPage('admin', '/timeline', async (page) => {
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

  it.each(['/', '/timeline'])('needs no sideways scrolling on %s at 320 pixels', async (path) => {
    const page = await site.admin.page();
    await page.setViewportSize({ width: 320, height: 640 });
    await settled(page, path);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.context().close();
  });
});
