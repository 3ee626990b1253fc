/** What only shows with unusual data or an unusual reader: long names, one of a kind, a wrong address, a missing permission. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { SIZES, calm, settled, startAdmin, type AdminUnderTest } from './admin.js';

const LONG_NAME = 'n'.repeat(200);
const LONG_TEXT = 'd'.repeat(1_000);
const TWO_LINES_PX = 60;

let admin: AdminUnderTest;
let client: NativeClient;
let longJobId: string;
let runs: readonly string[];

beforeAll(async () => {
  admin = await startAdmin();
  client = await NativeClient.logIn(admin.product.url);
  longJobId = await client.createShellJob(LONG_NAME, 3_600, 'echo long', { description: LONG_TEXT });
  await client.call('POST', '/api-keys', { name: LONG_NAME, permissions: ['TaskRead'], expiresAt: null });
  const started = [];
  for (let at = 0; at < 2; at += 1) {
    const { executionId } = await client.call<{ executionId: string }>('POST', `/jobs/${longJobId}/trigger`, {});
    await client.awaitExecution(longJobId, 'a run that is over', ({ id, status }) => id === executionId && status === 'success');
    started.push(executionId);
  }
  runs = started;
});
afterAll(async () => {
  await admin.stop();
});

/** How many pixels of an element lie beyond its right edge. */
async function overflowOf(page: Page, selector: string): Promise<number> {
  return page.evaluate<number>(`(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('${selector}'))`);
}

async function heightOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.height ?? Number.NaN;
}

async function onPage(path: string, act: (page: Page) => Promise<void>, login: 'admin' | 'viewer' = 'admin', size: keyof typeof SIZES = 'desktop'): Promise<void> {
  const page = await admin.page(login, { size });
  await settled(page, path);
  await act(page);
  await page.context().close();
}

describe('long names', () => {
  it.each(['desktop', 'phone'] as const)('make no page wider than a %s', async (size) => {
    for (const path of [`/jobs/${longJobId}`, `/executions/${runs[0] ?? ''}`, '/settings/api-keys', '/audit']) {
      await onPage(path, async (page) => { expect([path, await overflowOf(page, 'html')]).toEqual([path, 0]); }, 'admin', size);
    }
  });

  it('push no column of keys out of sight, and stay inside their dialog', async () => {
    await onPage('/settings/api-keys', async (page) => {
      expect(await overflowOf(page, '[role=region][aria-label="API keys"]')).toBe(0);
      await page.getByRole('button', { name: `Revoke ${LONG_NAME}` }).click();
      const dialog = page.getByRole('dialog', { name: 'Revoke this API key?' });
      await dialog.getByLabel(/to confirm/).waitFor();
      expect(await overflowOf(page, '[role=dialog]')).toBe(0);
    });
  });

  it('are cut after two lines', async () => {
    await onPage(`/executions/${runs[0] ?? ''}`, async (page) => {
      expect(await heightOf(page.getByRole('heading', { level: 1 }))).toBeLessThan(TWO_LINES_PX);
      expect(await page.getByRole('main').getByText(LONG_NAME, { exact: true }).count()).toBe(0);
    });
    await onPage('/audit?action=job.created', async (page) => {
      expect(await heightOf(page.getByRole('link', { name: LONG_NAME }).locator('..'))).toBeLessThan(TWO_LINES_PX);
    });
  });
});

describe('executions of one minute', () => {
  it('are told apart by their ids', async () => {
    await onPage('/executions', async (page) => {
      for (const id of runs) await page.getByRole('rowheader').getByText(`…${id.slice(-8)}`).waitFor();
    });
  });
});

describe('one of a kind', () => {
  it('is counted as one', async () => {
    await onPage(`/jobs?q=${LONG_NAME.slice(0, 50)}`, async (page) => { await page.getByText('1 of 1 job', { exact: true }).waitFor(); });
  });
});

describe('jobs that belong to Takt itself', () => {
  it('are left out of a deletion, and said so', async () => {
    await onPage('/jobs', async (page) => {
      const bar = page.getByRole('region', { name: 'Selected jobs' });
      await page.getByRole('checkbox', { name: 'Select Token Cleanup (Daily)' }).click();
      await bar.getByText('1 selected').waitFor();
      await bar.getByRole('button', { name: 'Delete' }).and(page.locator(':disabled')).waitFor();
      await page.getByRole('checkbox', { name: `Select ${LONG_NAME}` }).click();
      await bar.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog', { name: 'Delete 1 job?' }).getByText('Left out, because part of Takt itself: 1 job.').waitFor();
    });
  });
});

describe('a page that somebody may not see', () => {
  it.each([
    ['/settings/users', 'Users'],
    ['/audit', 'Audit log'],
  ])('%s says what it needs, asks for nothing and offers nothing', async (path, title) => {
    const page = await admin.page('viewer');
    const refused: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(answer.url());
    });
    await settled(page, path);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByText('This page needs the role Admin').waitFor();
    expect([await page.getByRole('main').getByRole('button').count(), refused]).toEqual([0, []]);
    await page.context().close();
  });
});

describe('a new key', () => {
  it('is tried out where the API is', async () => {
    await onPage('/settings/api-keys', async (page) => {
      await page.getByRole('button', { name: 'New key' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Make the key' }).click();
      await dialog.getByText('Say what uses the key.').waitFor();
      await dialog.getByLabel('Name').fill('for the sample');
      await dialog.getByRole('button', { name: 'Make the key' }).click();
      await dialog.getByRole('region', { name: 'Try it' }).getByText(`${admin.product.url}/api/v1/scheduler/me`).waitFor();
    });
  });
});

describe('forms', () => {
  it('say what is missing at the fields, and go to the first', async () => {
    await onPage('/settings/users', async (page) => {
      await page.getByRole('button', { name: 'New user' }).click();
      const dialog = page.getByRole('dialog', { name: 'New user' });
      await dialog.getByRole('textbox', { name: 'E-mail' }).fill('zoe');
      await dialog.getByRole('button', { name: 'Create user' }).click();
      await dialog.getByRole('alert').getByText('3 things are missing or wrong').waitFor();
      for (const text of ['Enter a user name.', 'An e-mail address has a name', 'Enter a password.']) await dialog.getByText(text).waitFor();
      expect(await page.evaluate<string>("document.activeElement?.getAttribute('name') ?? ''")).toBe('username');
    });
  });

  it('keep a minus sign, and say that it is wrong', async () => {
    await onPage(`/jobs/${longJobId}/edit`, async (page) => {
      const weeks = page.getByRole('textbox', { name: 'Weeks' });
      await weeks.fill('-5');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('No fewer than 0 weeks.').first().waitFor();
      expect([await weeks.inputValue(), await weeks.getAttribute('aria-invalid')]).toEqual(['-5', 'true']);
    });
  });
});

describe('dialogs', () => {
  it('open in the middle, with one kind of title', async () => {
    const look = async (page: Page): Promise<readonly unknown[]> => {
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await calm(page);
      const box = await dialog.boundingBox();
      if (box === null) throw new Error('the dialog is not shown');
      const isCentred = Math.abs(box.y + box.height / 2 - SIZES.desktop.height / 2) < 2;
      return [isCentred, ...(await page.evaluate<string[]>("(({ fontSize, fontWeight }) => [fontSize, fontWeight])(getComputedStyle(document.querySelector('[role=dialog] h2')))"))];
    };
    const seen: (readonly unknown[])[] = [];
    await onPage('/settings/users', async (page) => {
      await page.getByRole('button', { name: 'New user' }).click();
      seen.push(await look(page));
    });
    await onPage('/jobs', async (page) => {
      await page.keyboard.press('?');
      seen.push(await look(page));
    });
    expect(seen).toEqual([[true, '14px', '600'], [true, '14px', '600']]);
  });
});

describe('an address that says what is not', () => {
  it.each([
    ['/jobs?status=foo&q=nn', '/jobs?q=nn'],
    ['/executions?status=foo&trigger=api', '/executions?trigger=api'],
    ['/workers?status=foo', '/workers'],
  ])('%s becomes %s', async (given, expected) => {
    await onPage(given, async (page) => { await page.waitForURL((url) => `${url.pathname}${url.search}` === expected); });
  });
});

describe('the first steps', () => {
  it('count no account that came with the installation as an invitation', async () => {
    const page = await admin.page();
    // The job of this test would hide the card.
    await page.route(/\/scheduler\/jobs\?.*sort=-created/, (route) => route.fulfill({ json: { jobs: [], total: 0, enabledCount: 0, disabledCount: 0, runningCount: 0 } }));
    await settled(page, '/');
    const steps = page.getByRole('region', { name: 'First steps' });
    await steps.getByRole('listitem').filter({ hasText: 'Make an API key · done' }).waitFor();
    expect(await steps.getByText('Invite somebody · done').count()).toBe(0);
    await page.context().close();
  });
});
