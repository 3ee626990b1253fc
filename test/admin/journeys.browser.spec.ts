/** Journeys over several pages: a job from the editor to the log of a fire that nobody asked for, and a session that lasts. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { eventually } from '../e2e/product.js';
import { settled, startAdmin, type AdminUnderTest } from './admin.js';

let admin: AdminUnderTest;
let client: NativeClient;

beforeAll(async () => {
  admin = await startAdmin({ RATE_LIMIT_ENABLED: 'true' });
  client = await NativeClient.logIn(admin.product.url);
  await client.createShellJob('started by hand', 3_600, 'true');
});
afterAll(async () => {
  await admin.stop();
});

/** Marks the document. What asks for the mark later knows whether the page was loaded anew in between. */
async function mark(page: Page): Promise<{ isStill: () => Promise<boolean> }> {
  await page.evaluate("document.documentElement.dataset.marked = 'yes'");
  return { isStill: () => page.evaluate<boolean>("document.documentElement.dataset.marked === 'yes'") };
}

it('builds a job that is due every few seconds, sees it fire by itself, and follows its log', async () => {
  const page = await admin.page('operator');
  await settled(page, '/jobs/new');
  await page.getByLabel('Name').fill('ticks by itself');
  await page.getByRole('combobox', { name: 'Task function' }).click();
  await page.getByRole('option', { name: /\(shell\)/ }).click();
  const every = page.getByRole('group', { name: 'Every' });
  for (const unit of ['Weeks', 'Days', 'Hours', 'Minutes']) await every.getByLabel(unit).fill('');
  await every.getByLabel('Seconds').fill('6');
  await page.getByRole('textbox', { name: 'Command' }).fill('echo it begins; sleep 3; echo it ends');
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await page.getByRole('heading', { level: 1, name: 'ticks by itself' }).waitFor();
  const document = await mark(page);
  const newest = page.getByRole('table', { name: 'Executions, newest first' }).locator('tbody tr').filter({ hasText: 'Schedule' });
  await newest.filter({ hasText: 'Running' }).first().waitFor();
  await newest.filter({ hasText: 'Succeeded' }).first().waitFor();
  // Rows stay where they are: further ones are shown when they are asked for.
  await page.addLocatorHandler(page.getByRole('button', { name: /new executions?$/ }), (pill) => pill.click());
  const running = newest.filter({ hasText: 'Running' }).first();
  await running.getByRole('link').click();
  await page.waitForURL(/\/executions\/[0-9a-f-]{36}$/);
  await page.getByRole('log').getByText('it begins', { exact: true }).waitFor();
  await page.getByRole('log').getByText('it ends', { exact: true }).waitFor();
  await page.getByRole('main').locator('[data-status="success"]').first().waitFor();
  expect(await document.isStill()).toBe(true);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  expect(await client.call('GET', `/executions/${id}`)).toMatchObject({ triggeredBy: 'scheduler', status: 'success' });
  await page.context().close();
});

describe('a session whose access token has run out, with the limits on', () => {
  /** As it would be an hour later. */
  async function expire(page: Page): Promise<void> {
    const payload = Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1_000) - 60 })).toString('base64url');
    await page.context().addCookies([{ name: 'takt_access', value: `x.${payload}.x`, url: admin.url, httpOnly: true, sameSite: 'Lax' }]);
  }
  const accessOf = async (page: Page): Promise<string> => (await page.context().cookies()).find(({ name }) => name === 'takt_access')?.value ?? '';

  it('is renewed behind the page, which goes on', async () => {
    const page = await admin.page();
    await settled(page, '/jobs');
    const document = await mark(page);
    await expire(page);
    const expired = await accessOf(page);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workers' }).click();
    await page.getByRole('rowheader').getByRole('link').first().waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.getByRole('button', { name: 'Run started by hand now' }).click();
    await page.getByText('Started “started by hand”.').waitFor();
    expect(await accessOf(page)).not.toBe(expired);
    expect(await document.isStill()).toBe(true);
    await page.context().close();
  });

  it('outlasts a limit that keeps it from being renewed: the data stays, with its age', async () => {
    const page = await admin.page('viewer');
    await settled(page, '/workers');
    const document = await mark(page);
    await exhaustLogins();
    await expire(page);
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByRole('status').filter({ hasText: 'Showing data from' }).first().waitFor();
    await page.getByRole('rowheader').getByRole('link').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/workers');
    expect(await document.isStill()).toBe(true);
    expect((await page.context().cookies()).map(({ name }) => name)).toContain('takt_refresh');
    await page.context().close();
  });

  /** Until every further one is refused for half a minute at least: a window that ends sooner lets the page renew its session. */
  async function exhaustLogins(): Promise<void> {
    const body = JSON.stringify({ username: 'nobody', password: 'wrong' });
    await eventually('logins are refused for half a minute', async () => {
      const { status, headers } = await fetch(`${admin.product.url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return status === 429 && Number(headers.get('x-ratelimit-reset')) * 1_000 - Date.now() > 30_000;
    }, 90_000);
  }
});
