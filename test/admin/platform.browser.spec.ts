/** Journeys of those who run the platform: workers, scheduler, queues, task functions, keys, users, audit log. */
import { readFileSync } from 'node:fs';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { logIn, settled, startAdmin, type AdminUnderTest } from './admin.js';
import { queryProduct } from './product-database.js';
import { ProxyClient } from './proxy.js';

let admin: AdminUnderTest;
let client: NativeClient;
let jobId: string;

beforeAll(async () => {
  admin = await startAdmin({ TRUST_PROXY: 'loopback' });
  client = await NativeClient.logIn(admin.product.url);
  jobId = await client.createShellJob('job for the audit log', 3_600, 'echo hello');
  await client.call('PUT', `/jobs/${jobId}`, { description: 'changed by the test' });
});
afterAll(async () => {
  await admin.stop();
});

/** What a page asks a list for from now on. */
function searchesOf(page: Page, path: string): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith(path)) asked.push(url.searchParams.get('q') ?? '');
  });
  return asked;
}

describe('workers and scheduler', () => {
  it('lead from the list, filtered by the URL, to what a worker does', async () => {
    const page = await admin.page();
    await settled(page, '/workers');
    const name = await page.getByRole('rowheader').getByRole('link').first().innerText();
    await page.getByRole('meter', { name: `Age of the heartbeat of ${name}` }).waitFor();
    await page.getByText('Down or stopped').click();
    await page.waitForURL(/status=down/);
    await page.getByText('No workers match these filters').waitFor();
    await page.goBack();
    await page.getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText('It runs nothing at the moment').waitFor();
    await page.context().close();
  });

  it('say who leads and what the health checks find', async () => {
    const page = await admin.page('viewer');
    await settled(page, '/scheduler');
    await page.getByRole('region', { name: 'Scheduler instances' }).getByText('Leader', { exact: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Health checks' }).getByRole('row').count()).toBe(6);
    await page.context().close();
  });
});

describe('queues', () => {
  /** The frame, once it shows a queue. */
  async function boardOn(page: Page): Promise<FrameLocator> {
    await page.locator('iframe[title="Bull Board"]').scrollIntoViewIfNeeded();
    const board = page.frameLocator('iframe[title="Bull Board"]');
    await board.getByRole('link', { name: 'file_queue' }).and(board.locator(':visible')).first().waitFor();
    return board;
  }

  it('open in Bull Board under the same login, with its assets and its API', async () => {
    const page = await admin.page();
    await settled(page, '/queues');
    const [board] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: 'Open default in Bull Board' }).click()]);
    const failures: string[] = [];
    board.on('response', (answer) => {
      if (answer.status() >= 400) failures.push(`${String(answer.status())} ${answer.url()}`);
    });
    await board.waitForURL(/\/admin\/queues\/queue\/default/);
    await board.getByText('Completed').first().waitFor();
    expect(failures).toEqual([]);
    await page.context().close();
  });

  it('stand on the page itself, where administrators change them', async () => {
    const page = await admin.page();
    await settled(page, '/queues');
    const board = await boardOn(page);
    await board.getByText('Takt', { exact: true }).first().waitFor();
    await board.getByRole('link', { name: 'file_queue' }).and(board.locator(':visible')).first().click();
    for (const [action, isPaused] of [['Pause', true], ['Resume', false]] as const) {
      await board.locator('button[class*="trigger-"][aria-haspopup="menu"]').and(board.locator(':visible')).last().click();
      await board.getByRole('menuitem', { name: action, exact: true }).click();
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'PUT'),
        board.getByRole('button', { name: 'Confirm' }).click(),
      ]);
      expect([answer.status(), new URL(answer.url()).pathname]).toEqual([200, `/admin/queues/api/queues/file_queue/${action.toLowerCase()}`]);
      const { queues } = await page.request.get('/admin/queues/api/queues').then((listed) => listed.json() as Promise<{ queues: { name: string; isPaused: boolean }[] }>);
      expect(queues.find(({ name }) => name === 'file_queue')).toMatchObject({ isPaused });
      await board.getByRole('alertdialog').waitFor({ state: 'detached' });
    }
    expect(await page.getByRole('link', { name: 'Open in a new tab' }).getAttribute('href')).toBe('/admin/queues');
    await page.context().close();
  });

  it('are there to read for everybody else', async () => {
    for (const login of ['viewer', 'operator'] as const) {
      const proxy = new ProxyClient(admin.url);
      await proxy.logIn(login);
      expect((await proxy.send('GET', '/admin/queues/api/queues')).status).toBe(200);
      expect((await proxy.send('PUT', '/admin/queues/api/queues/default/pause')).status).toBe(403);
    }
    const page = await admin.page('viewer');
    await settled(page, '/queues');
    await page.getByText('Administrators can change them; you can look.').waitFor();
    const board = await boardOn(page);
    await board.getByText('Takt, to read').first().waitFor();
    await page.context().close();
  });
});

describe('task functions', () => {
  it('show their arguments, at an address of their own', async () => {
    const page = await admin.page();
    await settled(page, '/task-functions');
    await page.getByRole('button', { name: 'HTTP Request' }).click();
    const sheet = page.getByRole('dialog', { name: 'HTTP Request' });
    await sheet.getByRole('row', { name: /url Required string/ }).waitFor();
    expect(page.url()).toMatch(/show=\d+/);
    await page.context().close();
  });

  it('say which one of several arguments is needed', async () => {
    const page = await admin.page();
    await settled(page, '/task-functions?q=python');
    await page.getByRole('button', { name: 'Python' }).first().click();
    await page.getByRole('dialog').getByText('One of script_path or scriptPath is needed.').waitFor();
    await page.context().close();
  });

  describe('of which there are many', () => {
    const NAMED = 'Crowd function 149';

    beforeAll(async () => {
      await queryProduct(admin.product, `insert into task_function (id, name, display_name, description, handler_path, handler_type, queue, default_timeout_ms)
        select 5000 + n, 'crowd_' || n, 'Crowd function ' || n, 'one of many', 'functions.crowd_' || n, 'function', 'default', 1000
          from generate_series(1, 150) n`);
    });

    it('are searched and paged by the URL', async () => {
      const page = await admin.page();
      await settled(page, '/task-functions?q=crowd');
      await page.getByText('1–50 of 150 task functions').waitFor();
      await page.getByRole('button', { name: 'Page 3' }).click();
      await page.waitForURL(/page=3/);
      await page.getByRole('button', { name: NAMED }).waitFor();
      await page.getByLabel('Search task functions').fill('function 149');
      await page.waitForURL(/q=function\+149/);
      await page.getByRole('button', { name: NAMED }).waitFor();
      await page.goto('/task-functions?show=5149');
      await page.getByRole('dialog', { name: NAMED }).waitFor();
      await page.context().close();
    });

    it('are asked for once a search is typed, not with each of its letters', async () => {
      const page = await admin.page();
      await settled(page, '/task-functions');
      const asked = searchesOf(page, '/scheduler/task-functions');
      await page.getByLabel('Search task functions').pressSequentially('function 149');
      await page.getByRole('button', { name: NAMED }).waitFor();
      expect(asked.at(-1)).toBe('function 149');
      // A busy machine may rest between two letters.
      expect(asked.length).toBeLessThan('function 149'.length / 2);
      await page.context().close();
    });

    it('are found in the editor and in the filter of the jobs', async () => {
      const page = await admin.page();
      await settled(page, '/jobs/new');
      await page.getByRole('combobox', { name: 'Task function' }).fill('function 149');
      await page.getByRole('option', { name: NAMED }).click();
      await page.getByText('one of many').waitFor();
      await page.goto('/jobs?function=5149');
      await page.getByRole('combobox', { name: 'Function' }).and(page.locator(`[value="${NAMED}"]`)).waitFor();
      await page.getByRole('combobox', { name: 'Function' }).fill('function 12');
      await page.getByRole('option', { name: 'Crowd function 128' }).click();
      await page.waitForURL(/function=5128/);
      await page.context().close();
    });
  });
});

describe('API keys', () => {
  it('are shown once, work, and are revoked by typing their name', async () => {
    const page = await admin.page('operator');
    await settled(page, '/settings/api-keys');
    await page.getByRole('button', { name: 'New key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('nightly export');
    expect(await dialog.getByRole('checkbox', { name: 'Admin' }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const secret = await dialog.getByRole('region', { name: 'API key' }).innerText();
    expect(secret).toMatch(/^sk_live_\w{36}$/);
    const ask = () => fetch(`${admin.product.url}/api/v1/scheduler/me`, { headers: { 'x-api-key': secret } });
    expect((await ask()).status).toBe(200);
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: 'Revoke nightly export' }).click();
    const confirm = page.getByRole('button', { name: 'Revoke the key' });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel(/to confirm/).fill('nightly export');
    await confirm.click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect((await ask()).status).toBe(401);
    await page.context().close();
  });

  it('are copied by their button on plain http, where the browser has no clipboard for pages', async () => {
    const context = await admin.browser.newContext({ baseURL: admin.plainUrl });
    const page = await context.newPage();
    await logIn(page, 'admin');
    expect(await page.evaluate("[isSecureContext, 'clipboard' in navigator]")).toEqual([false, false]);
    await settled(page, '/settings/api-keys');
    await page.getByRole('button', { name: 'New key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('copied on plain http');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const secret = await dialog.getByRole('region', { name: 'API key' }).innerText();
    await dialog.getByRole('button', { name: 'Copy the key' }).click();
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    expect(await pasted(page)).toBe(secret);

    await settled(page, `/jobs/${jobId}?tab=definition`);
    await page.getByRole('button', { name: 'Copy the job\'s id' }).click();
    expect(await pasted(page)).toBe(jobId);
    await context.close();
  });

  /** What the clipboard holds: the page cannot ask it, but a field takes it. */
  async function pasted(page: Page): Promise<string> {
    await page.keyboard.press('Control+k');
    const field = page.getByPlaceholder('Go to a page or a job');
    await field.focus();
    await page.keyboard.press('Control+v');
    await expect.poll(() => field.inputValue()).not.toBe('');
    const text = await field.inputValue();
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    return text;
  }
});

describe('users', () => {
  it('are created, searched and deactivated; the last administrator stays', async () => {
    const page = await admin.page();
    await settled(page, '/settings/users');
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByLabel('User name').fill('zoe');
    await page.getByRole('textbox', { name: 'Password' }).fill('password');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByText('Is one of the passwords that are tried first').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByText('zoe can log in now.').waitFor();
    await page.getByLabel('Search users').fill('zo');
    await page.waitForURL(/q=zo/);
    await page.getByRole('button', { name: 'Actions for zoe' }).click();
    await page.getByRole('menuitem', { name: 'Deactivate' }).click();
    await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await page.getByText('zoe is deactivated.').waitFor();
    await page.getByLabel('Search users').fill('');
    await page.getByRole('button', { name: 'Actions for admin' }).click();
    await page.getByRole('menuitem', { name: 'Deactivate' }).click();
    await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await page.getByRole('dialog').getByText('The last administrator must stay one').waitFor();
    await page.context().close();
  });

  it('are asked for once a search is typed, not with each of its letters', async () => {
    const page = await admin.page();
    await settled(page, '/settings/users');
    const asked = searchesOf(page, '/scheduler/users');
    await page.getByLabel('Search users').pressSequentially('nobody of this name');
    await expect.poll(() => asked.at(-1), { timeout: 10_000 }).toBe('nobody of this name');
    await page.getByText('No users match').waitFor();
    expect(asked.length).toBeLessThan('nobody of this name'.length / 2);
    await page.context().close();
  });

  it('change their own password', async () => {
    const page = await admin.page('viewer');
    await settled(page, '/workers');
    await page.getByRole('button', { name: /^User menu/ }).click();
    await page.getByRole('menuitem', { name: 'Change password' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change your password' });
    const field = (name: string) => dialog.locator(`input[name="${name}"]`);
    await field('currentPassword').fill('not mine');
    await field('newPassword').fill('correct horse battery');
    await field('repeated').fill('correct horse batter');
    await dialog.getByRole('button', { name: 'Change the password' }).click();
    await dialog.getByText('Differs from the one above').waitFor();
    await field('repeated').fill('correct horse battery');
    await dialog.getByRole('button', { name: 'Change the password' }).click();
    await dialog.getByText('Is wrong').waitFor();
    await field('currentPassword').fill('view123');
    await dialog.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await page.context().close();
  });
});

describe('addresses of what is not there', () => {
  it.each([
    ['/jobs/abc', 'job', 'To the jobs', '/jobs'],
    ['/jobs/abc/edit', 'job', 'To the jobs', '/jobs'],
    ['/jobs/01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10', 'job', 'To the jobs', '/jobs'],
    ['/executions/abc', 'execution', 'To the executions', '/executions'],
    ['/workers/abc', 'worker', 'To the workers', '/workers'],
  ])('%s says that there is no such %s, and leads back', async (path, kind, to, href) => {
    const page = await admin.page();
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: `There is no such ${kind}` }).waitFor();
    expect(await page.getByRole('link', { name: to }).getAttribute('href')).toBe(href);
    await page.context().close();
  });
});

describe('the way to the API', () => {
  it('is in the menu: documentation for everybody, keys in the navigation', async () => {
    const page = await admin.page('viewer');
    await settled(page, '/workers');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API keys' }).waitFor();
    await page.getByRole('button', { name: /^User menu/ }).click();
    const [documentation] = await Promise.all([page.waitForEvent('popup'), page.getByRole('menuitem', { name: 'API documentation' }).click()]);
    await documentation.getByRole('heading', { name: 'Takt API documentation' }).waitFor();
    await documentation.getByRole('link').first().click();
    await documentation.locator('.opblock-summary-control').first().click();
    await documentation.locator('.opblock-body .responses-wrapper').waitFor();
    expect(await documentation.getByRole('button', { name: /^(Try it out|Execute)$/ }).count()).toBe(0);
    await page.context().close();
  });
});

describe('the audit log', () => {
  it('shows what a change did, by filters in the URL, and exports it', async () => {
    const page = await admin.page();
    await settled(page, '/audit?action=job.updated');
    await page.getByRole('link', { name: 'job for the audit log' }).waitFor();
    await page.getByRole('button', { name: /^Details of Changed a job/ }).click();
    const sheet = page.getByRole('dialog', { name: 'Changed a job' });
    await sheet.getByRole('row', { name: /description null changed by the test/ }).waitFor();
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export 1 as CSV' }).click()]);
    expect(readFileSync(await download.path(), 'utf8')).toContain(`job.updated,job,${jobId},job for the audit log`);
    await page.getByLabel('Who').fill('nobody');
    await page.keyboard.press('Enter');
    await page.waitForURL(/actor=nobody/);
    await page.getByText('No entries match these filters').waitFor();
    await page.context().close();
  });

  it('has the address of the browser, as the UI and the proxies before it name it', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    await new ProxyClient(admin.url).send('POST', '/api/session/login', { body: { username: 'operator', password: 'op123' }, headers });
    const { entries } = await client.call<{ entries: { ipAddress: string }[] }>('GET', '/audit?actor=operator&action=user.logged_in&per_page=1');
    expect(entries).toMatchObject([{ ipAddress: '203.0.113.9' }]);
  });
});
