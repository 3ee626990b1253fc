/**
 * How a page stays up to date: one stream a tab, none for a tab that nobody looks at, a timer where the stream fails, nothing in
 * Off. The page's clock is set on by hand, so that a minute without a request takes no minute; that the same minute has requests
 * in it while the page is live is asserted beside it.
 */
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { settled, startAdmin, type AdminUnderTest } from './admin.js';

const API = '/api/setting/scheduler';
const STREAM = '**/scheduler/stream*';
const JOBS = new RegExp(`^${API}/jobs\\?`);
/** What the footer asks for with each heartbeat while a page is live. */
const HEARTBEAT = `${API}/status`;
/** The browser itself comes back every three seconds, which no clock of ours moves: three failures on a busy machine. */
const FAILING = { timeout: 60_000 };

let admin: AdminUnderTest;
let client: NativeClient;

beforeAll(async () => {
  admin = await startAdmin();
  client = await NativeClient.logIn(admin.product.url);
  await client.createShellJob('seldom due', 86_400, 'true');
});
afterAll(async () => {
  await admin.stop();
});

/** A document that is hidden when the test says so: `look(false)`. */
const LOOK = `(() => {
  let isHidden = false;
  Object.defineProperty(document, 'hidden', { get: () => isHidden });
  Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
  window.look = (isLookedAt) => {
    isHidden = !isLookedAt;
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  };
})()`;

interface Tab {
  readonly page: Page;
  /** Streams that are open or being opened now. */
  readonly streams: ReadonlySet<Request>;
}

/** The list of jobs in a tab of its own, once it is live. */
async function openTab(): Promise<Tab> {
  const page = await admin.page();
  await page.addInitScript(LOOK);
  await page.clock.install();
  const streams = new Set<Request>();
  page.on('request', (request) => {
    if (pathOf(request).startsWith(`${API}/stream?`)) streams.add(request);
  });
  const ended = (request: Request) => streams.delete(request);
  page.on('requestfailed', ended);
  page.on('requestfinished', ended);
  await settled(page, '/jobs');
  await says(page, 'Live');
  await expect.poll(() => streams.size).toBe(1);
  return { page, streams };
}

function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url());
  return pathname + search;
}

/** Waits until the refresh control says that. */
async function says(page: Page, state: string, options: { timeout?: number } = {}): Promise<void> {
  await page.getByRole('button', { name: `Refresh: ${state}. Change how the page refreshes` }).waitFor(options);
}

/**
 * What the page asks the API for while something is done (pages that links lead to are fetched ahead by Next.js, and do not count).
 * A request of our own marks the end: those before it have been seen, those after it were made by the page since.
 */
async function askedDuring(page: Page, act: () => Promise<unknown>): Promise<string[]> {
  const paths: string[] = [];
  const note = (request: Request) => {
    if (pathOf(request).startsWith(API)) paths.push(pathOf(request));
  };
  page.on('request', note);
  await act();
  const end = `${API}/meta?last`;
  await page.evaluate(`fetch('${end}').then((answer) => answer.text())`);
  page.off('request', note);
  expect(paths).toContain(end);
  return paths.slice(0, paths.indexOf(end));
}

const minute = (page: Page) => page.clock.runFor(60_000);

describe('a tab that is looked at', () => {
  it('has one stream, whatever page it shows, and hears of changes by it', async () => {
    const { page, streams } = await openTab();
    await client.createShellJob('told by the stream', 86_400, 'true');
    await page.getByRole('link', { name: 'told by the stream' }).waitFor();
    for (const name of ['Workers', 'Executions', 'Jobs']) {
      const [first] = streams;
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await expect.poll(() => first !== undefined && !streams.has(first) && streams.size === 1).toBe(true);
      await says(page, 'Live');
    }
    await page.context().close();
  });
});

describe('a tab that nobody looks at', () => {
  it('closes the stream after half a minute and asks for nothing, until it is looked at again', async () => {
    const { page, streams } = await openTab();
    expect(await askedDuring(page, () => minute(page))).toContain(HEARTBEAT);

    await page.evaluate('look(false)');
    await page.clock.runFor(15_000);
    await says(page, 'Live');
    expect(streams.size).toBe(1);
    await page.clock.runFor(15_000);
    await says(page, 'Paused');
    await expect.poll(() => streams.size).toBe(0);
    expect(await askedDuring(page, () => minute(page))).toEqual([]);

    const listed = page.waitForRequest((request) => JOBS.test(pathOf(request)));
    await page.evaluate('look(true)');
    await listed;
    await says(page, 'Live');
    await expect.poll(() => streams.size).toBe(1);
    expect(await askedDuring(page, () => minute(page))).toContain(HEARTBEAT);
    await page.context().close();
  });
});

describe('a stream that fails', () => {
  it('is tried three times before the page says that it polls, and asks for its lists', async () => {
    const { page } = await openTab();
    await page.keyboard.press('l');
    await says(page, 'Off');
    let tries = 0;
    let fail: () => void = () => undefined;
    const third = new Promise<void>((done) => { fail = done; });
    await page.route(STREAM, async (route) => {
      tries += 1;
      if (tries === 3) await third;
      await route.abort();
    });
    await page.keyboard.press('l');
    await expect.poll(() => tries, FAILING).toBe(3);
    await says(page, 'Connecting');
    expect((await askedDuring(page, () => minute(page))).filter((path) => JOBS.test(path))).toEqual([]);

    fail();
    await says(page, 'Polling');
    const polled = (await askedDuring(page, () => minute(page))).filter((path) => JOBS.test(path));
    expect(polled.length).toBeGreaterThan(1);
    await page.getByRole('button', { name: /^Refresh: Polling/ }).click();
    await page.getByText('The live stream does not answer; asking every 5 s.').waitFor();
    await page.keyboard.press('Escape');

    await page.unroute(STREAM);
    await says(page, 'Live', FAILING);
    await page.context().close();
  });

  it('is tried again half a minute after the server refused it', async () => {
    const { page, streams } = await openTab();
    await page.keyboard.press('l');
    await says(page, 'Off');
    await page.route(STREAM, (route) => route.fulfill({ status: 503 }));
    await page.keyboard.press('l');
    await says(page, 'Polling');
    await page.unroute(STREAM);
    await page.clock.runFor(30_000);
    await says(page, 'Live');
    await expect.poll(() => streams.size).toBe(1);
    await page.context().close();
  });
});

describe('the refresh control', () => {
  it('sends nothing in Off but what is asked for, and remembers it', async () => {
    const { page, streams } = await openTab();
    await page.keyboard.press('l');
    await says(page, 'Off');
    await expect.poll(() => streams.size).toBe(0);
    expect(await askedDuring(page, () => minute(page))).toEqual([]);

    const refreshed = await askedDuring(page, async () => {
      const listed = page.waitForResponse((answer) => JOBS.test(pathOf(answer.request())));
      await page.keyboard.press('.');
      await listed;
      await minute(page);
    });
    expect(refreshed.filter((path) => JOBS.test(path))).toHaveLength(1);
    expect(refreshed).toContain(HEARTBEAT);
    expect(refreshed).toEqual([...new Set(refreshed)]);

    await settled(page, '/jobs');
    await says(page, 'Off');
    await page.keyboard.press('l');
    await says(page, 'Live');
    await expect.poll(() => streams.size).toBe(1);
    expect(await askedDuring(page, () => minute(page))).toContain(HEARTBEAT);
    await page.context().close();
  });
});
