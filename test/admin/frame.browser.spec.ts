/** First journeys: log in, look around, leave. */
import type { Locator, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { complaintsOf, settled, startAdmin, typeKeys, type AdminUnderTest } from './admin.js';

/** Gzipped, of the first page that somebody sees: the budget of the design. */
const FIRST_LOAD_BYTES = 300_000;

/** The names that the tab has had, in turn. */
const TITLES = `(() => {
  window.titles = [];
  const note = () => {
    if (document.title !== '' && document.title !== window.titles.at(-1)) window.titles.push(document.title);
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
})()`;

let admin: AdminUnderTest;
let jobId: string;

beforeAll(async () => {
  admin = await startAdmin();
  const client = await NativeClient.logIn(admin.product.url);
  jobId = await client.createShellJob('heartbeat of the test', 30, 'echo hello');
  await client.createShellJob('report of the test', 86_400, 'true');
});
afterAll(async () => {
  await admin.stop();
});

/** What the rows of one table of the list under ? say: `Go to Jobs g j`. */
async function rowsOf(list: Locator, place: string): Promise<string[]> {
  const table = list.getByRole('table', { name: place, exact: true });
  await table.waitFor();
  return (await table.getByRole('row').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
}

/** What a page asks for in vain from now on, as it grows. */
function refusalsOf(page: Page): readonly string[] {
  const refused: string[] = [];
  page.on('response', (answer) => {
    if ([401, 403].includes(answer.status())) refused.push(`${String(answer.status())} ${answer.url()}`);
  });
  return refused;
}

describe('the frame', () => {
  it('leads from a page through the login back to the page', async () => {
    const context = await admin.browser.newContext({ baseURL: admin.url });
    const page = await context.newPage();
    await page.goto('/jobs?q=heartbeat');
    await page.waitForURL(/\/login\?next=/);
    await page.getByLabel('User name').fill('admin');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('User name or password is wrong.').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill('admin123');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(/\/jobs\?q=heartbeat/);
    await page.getByRole('link', { name: 'heartbeat of the test' }).waitFor();
    expect(await page.evaluate('document.cookie')).not.toContain('takt_');
    await context.close();
  });

  it('leads those who are logged in past the login, to pages of ours only', async () => {
    const page = await admin.page();
    await page.goto('/login?next=%2Fjobs%3Fq%3Dheartbeat');
    await page.waitForURL(`${admin.url}/jobs?q=heartbeat`);
    await page.goto('/login?next=%2F%2Fevil.example');
    await page.waitForURL(`${admin.url}/`);
    await page.context().close();
  });

  it('shows the login to those whose session is over', async () => {
    const context = await admin.browser.newContext({ baseURL: admin.url });
    await context.addCookies(['takt_access', 'takt_refresh'].map((name) => ({ name, value: 'over', url: admin.url })));
    const page = await context.newPage();
    await page.goto('/login?next=%2Fjobs');
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/login');
    await context.close();
  });

  it('shows the jobs, and nothing breaks the content security policy', async () => {
    const page = await admin.page();
    const complaints = complaintsOf(page);
    await settled(page, '/jobs');
    await page.getByRole('link', { name: 'heartbeat of the test' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('loads no more scripts for the first page than its budget', async () => {
    const page = await admin.page();
    const answers: Response[] = [];
    page.on('response', (answer) => {
      if (answer.request().resourceType() === 'script') answers.push(answer);
    });
    await settled(page, '/');
    const sizes = await Promise.all(answers.map(async (answer) => {
      await answer.finished();
      return { url: answer.url(), encoding: answer.headers()['content-encoding'], bytes: (await answer.request().sizes()).responseBodySize };
    }));
    expect(sizes.filter(({ encoding, bytes }) => encoding !== 'gzip' && bytes > 1_000)).toEqual([]);
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    process.stdout.write(`first load of /: ${String(sizes.length)} scripts, ${(total / 1_000).toFixed(1)} KB gzipped\n`);
    expect(total).toBeGreaterThan(50_000);
    expect(total, JSON.stringify(sizes, null, 1)).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
    await page.context().close();
  });

  it('is worked by keyboard', async () => {
    const page = await admin.page();
    const complaints = complaintsOf(page);
    await settled(page, '/jobs');
    // Keys are of those who may use them: until it is known who that is, there are fewer.
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit log' }).waitFor();
    await typeKeys(page, 'g', 'w');
    await page.waitForURL(/\/workers$/);
    await page.locator('h1:focus', { hasText: 'Workers' }).waitFor();
    await page.keyboard.press('Shift+Slash');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(await rowsOf(list, 'The log of an execution')).toEqual(['Follow it f', 'Wrap its lines w', 'Find in it /', 'Its start or end, while it has the focus g or G']);
    expect(await rowsOf(list, 'The timeline')).toEqual(['Zoom in or out + or -', 'Back to now 0']);
    expect(await rowsOf(list, 'A job: its page, or its row in the list')).toEqual(['Run the job r', 'Edit the job e']);
    expect(await rowsOf(list, 'Everywhere')).toContain('Go to Audit log g a');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to a page or a job').fill('task fun');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/task-functions$/);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('[');
    await page.getByRole('button', { name: 'Unfold the navigation' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['/', 'Overview'],
    ['/jobs', 'Jobs'],
    ['/executions', 'Executions'],
    ['/workers', 'Workers'],
    ['/no/such/page', 'There is no such page'],
  ])('names the tab of %s after the page, and keeps that name', async (path, title) => {
    const page = await admin.page();
    await page.addInitScript(TITLES);
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => page.title()).toBe(`${title} · Takt`);
    expect(await page.evaluate('document.querySelectorAll("head > title").length')).toBe(1);
    expect(await page.evaluate('titles')).toEqual(['Takt', `${title} · Takt`]);
    await page.context().close();
  });

  it('opens a job that the palette has found, by Enter', async () => {
    const page = await admin.page();
    await settled(page, '/workers');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to a page or a job').fill('heartbeat of');
    await page.getByRole('dialog').getByText('heartbeat of the test').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'heartbeat of the test' }).waitFor();
    await page.context().close();
  });

  it('opens nothing that the palette found for other words: Enter waits for the answer', async () => {
    const page = await admin.page();
    await settled(page, '/workers');
    await page.keyboard.press('Control+k');
    const field = page.getByPlaceholder('Go to a page or a job');
    const row = page.getByRole('dialog').getByRole('button', { name: /^heartbeat of the test/ });
    await field.fill('heartbeat of');
    await row.and(page.locator(':enabled')).waitFor();
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { answer = resolve; });
    const asked = page.waitForRequest(/q=report\+of/);
    await page.route(/q=report\+of/, async (route) => {
      await held;
      await route.continue();
    });
    await field.fill('report of');
    await page.keyboard.press('Enter');
    await row.and(page.locator(':disabled')).waitFor();
    await asked;
    expect(new URL(page.url()).pathname).toBe('/workers');
    answer();
    await page.locator('h1', { hasText: 'report of the test' }).waitFor();
    await page.context().close();
  });

  it('says that no job was found, and that none could be searched for', async () => {
    const page = await admin.page();
    await settled(page, '/workers');
    await page.route(/q=broken/, (route) => route.fulfill({ status: 500, json: { detail: 'broken on purpose' } }));
    await page.keyboard.press('Control+k');
    const field = page.getByPlaceholder('Go to a page or a job');
    await field.fill('nothing is called so');
    await page.getByRole('dialog').getByText('No job matches').waitFor();
    await field.fill('broken');
    await page.getByRole('dialog').getByText('The jobs could not be searched').waitFor();
    await page.context().close();
  });

  it('leaves a search field by Esc', async () => {
    const page = await admin.page();
    await settled(page, '/jobs');
    await page.keyboard.press('/');
    const field = page.getByRole('textbox', { name: 'Search jobs' });
    await page.keyboard.type('heart');
    await page.waitForURL(/q=heart/);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
    expect(await field.inputValue()).toBe('heart');
    await typeKeys(page, 'g', 'e');
    await page.waitForURL(/\/executions$/);
    await page.context().close();
  });

  it('keeps the viewer from writing', async () => {
    const page = await admin.page('viewer');
    await settled(page, '/jobs');
    expect(await page.getByRole('switch', { name: /heartbeat of the test/ }).isDisabled()).toBe(true);
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).count()).toBe(0);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API keys' }).waitFor();
    await page.keyboard.press('Shift+Slash');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    const words = await rowsOf(list, 'Everywhere');
    expect(words).toContain('Go to Workers g w');
    expect(words.filter((row) => /New job|Audit log|Users/.test(row))).toEqual([]);
    expect(await list.getByText('Run the job').count()).toBe(0);
    await page.context().close();
  });

  it('asks for nothing that a viewer may not see, on the pages of the navigation', async () => {
    const page = await admin.page('viewer');
    const refused = refusalsOf(page);
    await settled(page, '/');
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await navigation.getByRole('link', { name: 'API keys' }).waitFor();
    const links = await navigation.getByRole('link').all();
    const pages = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
    expect(pages.length).toBeGreaterThan(8);
    for (const path of pages) await settled(page, path);
    expect(refused).toEqual([]);
    await page.context().close();
  });

  it('asks for nothing that a viewer may not see, on the pages of a job', async () => {
    const page = await admin.page('viewer');
    const refused = refusalsOf(page);
    for (const part of ['', '?tab=runs', '?tab=executions', '?tab=definition', '?tab=changes', '/edit']) await settled(page, `/jobs/${jobId}${part}`);
    await settled(page, '/jobs/new');
    expect(refused).toEqual([]);
    await page.context().close();
  });

  it('needs no sideways scrolling at 320 pixels', async () => {
    const page = await admin.page();
    await page.setViewportSize({ width: 320, height: 640 });
    await settled(page, '/jobs');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.context().close();
  });

  it('offers another try and the way home where a page breaks, and where all of it does', async () => {
    const page = await admin.page();
    const answers = [
      { pattern: '**/scheduler/queues', title: 'Something went wrong' },
      { pattern: '**/api/session/current', title: 'Takt could not show this page' },
    ];
    for (const { pattern, title } of answers) {
      const breaks = async () => {
        await page.route(pattern, (route) => route.fulfill({ json: {} }));
        await page.goto('/queues');
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        await page.unroute(pattern);
      };
      await breaks();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { level: 1, name: 'Queues' }).waitFor();
      await page.getByRole('table', { name: 'Queues' }).waitFor();
      await breaks();
      await page.getByRole('link', { name: 'To the overview', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    }
    await page.goto('/nowhere');
    await page.getByRole('link', { name: 'To the overview', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.context().close();
  });

  it('logs out', async () => {
    const page = await admin.page('operator');
    await settled(page, '/');
    await page.getByRole('button', { name: /^User menu/ }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.waitForURL(/\/login$/);
    await page.goto('/jobs');
    await page.waitForURL(/\/login\?next=%2Fjobs/);
    await page.context().close();
  });
});
