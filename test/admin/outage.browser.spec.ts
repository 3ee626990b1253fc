/** What a page says and does while the API fails or hangs. The browser's requests are held or refused on their way. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { settled, startAdmin, type AdminUnderTest } from './admin.js';

const API = '**/api/setting/scheduler';

let admin: AdminUnderTest;
let jobId: string;

beforeAll(async () => {
  admin = await startAdmin();
  const client = await NativeClient.logIn(admin.product.url);
  jobId = await client.createShellJob('stays as it was', 86_400, 'true');
});
afterAll(async () => {
  await admin.stop();
});

/** Requests of this pattern get no answer until the returned function is called. */
async function held(page: Page, pattern: string): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((done) => { release = done; });
  await page.route(pattern, async (route) => {
    await released;
    await route.fallback();
  });
  return release;
}

const age = async (page: Page): Promise<string> => (await page.getByRole('button', { name: /^Refresh: / }).textContent()) ?? '';

describe('counts that failed', () => {
  it('come with the next answer of the list', async () => {
    const page = await admin.page();
    await page.route(`${API}/executions/facets?*`, (route) => route.fulfill({ status: 500, json: { detail: 'no counts now' } }));
    await settled(page, '/executions');
    await page.getByText('no counts now').first().waitFor();
    await page.unroute(`${API}/executions/facets?*`);
    await page.keyboard.press('.');
    await page.getByText('no counts now').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Succeeded \d/ }).waitFor();
    await page.context().close();
  });
});

describe('a switch', () => {
  it('tells that it was refused before the lists have answered', async () => {
    const page = await admin.page();
    await settled(page, '/jobs');
    const release = await held(page, `${API}/jobs?*`);
    await page.route(`${API}/jobs/${jobId}/status`, (route) => route.fulfill({ status: 409, json: { detail: 'not now' } }));
    await page.getByRole('switch', { name: /stays as it was/ }).click({ force: true });
    await page.getByText('“stays as it was” was not changed').waitFor();
    release();
    await page.context().close();
  });

  it('makes the page no younger while nothing answers', async () => {
    const page = await admin.page();
    await page.clock.install();
    await settled(page, '/jobs');
    await page.keyboard.press('l');
    await page.getByRole('button', { name: 'Refresh: Off. Change how the page refreshes' }).waitFor();
    const release = await held(page, `${API}/**`);
    await page.clock.runFor(70_000);
    expect(await age(page)).toMatch(/· 1 min ago/);
    const item = page.getByRole('switch', { name: /stays as it was/ });
    await item.click({ force: true });
    await expect.poll(() => item.isChecked()).toBe(false);
    await page.clock.runFor(1_000);
    expect(await age(page)).toMatch(/· 1 min ago/);
    release();
    await page.context().close();
  });
});
