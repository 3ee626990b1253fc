/**
 * Every page before axe: on a new installation and full of data, in both themes, on a desktop and on a phone; then what can
 * be opened on them. The browser's zone is not the server's: what the two draw differently, the console tells. One table; a folder of routes that is not in it fails the first test.
 */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { NativeClient } from '../e2e/client.js';
import { complaintsOf, settled, SIZES, startAdmin, type AdminUnderTest } from './admin.js';
import { ALL_LOOKS, axeInLooks, type Look } from './axe.js';

/** Of the jobs that Takt brings along: it has never run. */
const NEVER_RUN = '550e8400-e29b-41d4-a716-446655440000';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

const ROUTES = fileURLToPath(new URL('../../apps/admin/src/app/', import.meta.url));
/** They show nothing that there could be little or much of. */
const WITHOUT_DATA = ['/login', '/jobs/new'];

/** Nowhere else are the clocks 45 minutes off the full hour and ahead of Asia's: no server is there. */
const ELSEWHERE = { timeZone: 'Pacific/Chatham' };

/** What the seeded installation has. */
const seed = { jobId: '', failedId: '', runningId: '', workerId: '' };

interface PageCase {
  /** As the folders spell it. */
  readonly route: string;
  /** What is special about it, for the name of the test. */
  readonly as?: string;
  /** Address; a function where it depends on the seed. @default the route */
  readonly at?: string | (() => string);
  /** Before it is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Once it is there, until what it is about shows. */
  readonly until?: (page: Page) => Promise<void>;
  /** It breaks on purpose, and the console says so. @default false */
  readonly isBroken?: boolean;
  /** It has a bar that sticks to the window. @default false */
  readonly isWhole?: boolean;
}

/** One that has something open over it. */
interface PopupCase extends PageCase {
  readonly as: string;
  readonly open: (page: Page) => Promise<void>;
  /** What must be there all the time. */
  readonly role: 'dialog' | 'menu' | 'listbox' | 'navigation';
  /** @default both themes on a desktop */
  readonly looks?: readonly Look[];
}

const seen = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor();

/** Answers for the API. The live stream is left out, so that nothing asks again. */
const answered = (pattern: string, answer: { status?: number; json: unknown }) => async (page: Page) => {
  await page.addInitScript("localStorage.setItem('takt.live', 'off')");
  await page.route(pattern, (route) => route.fulfill(answer));
};
/** Nobody is logged in. */
const asStranger = (page: Page) => page.context().clearCookies();
const broken = (pattern: string) => answered(pattern, { status: 500, json: { detail: 'broken on purpose' } });

const EMPTY: readonly PageCase[] = [
  { route: '/' },
  { route: '/jobs' },
  // The jobs that Takt brings along cannot be deleted: that there are none at all is the API's answer changed on its way.
  { route: '/jobs', as: 'without any job', prepare: answered('**/scheduler/jobs?*', { json: { jobs: [], total: 0, enabledCount: 0, disabledCount: 0, runningCount: 0 } }), until: seen('No jobs yet') },
  { route: '/jobs', as: 'where nothing matches', at: '/jobs?q=nothing%20is%20called%20so', until: seen('No jobs match these filters') },
  { route: '/jobs', as: 'that cannot be loaded', prepare: broken('**/scheduler/jobs?*'), until: seen('broken on purpose') },
  { route: '/jobs/new' },
  { route: '/jobs/[id]', at: `/jobs/${NEVER_RUN}` },
  { route: '/jobs/[id]', as: 'that is not there', at: `/jobs/${UNKNOWN}` },
  { route: '/jobs/[id]/grid', at: `/jobs/${NEVER_RUN}/grid` },
  { route: '/jobs/[id]/edit', at: `/jobs/${NEVER_RUN}/edit` },
  { route: '/executions' },
  { route: '/executions', as: 'of a time in the past', at: '/executions?from=2020-11-21T01:00:00Z&to=2020-11-21T01:30:00Z', until: seen('No executions in this range') },
  { route: '/executions/[id]', at: `/executions/${UNKNOWN}` },
  { route: '/timeline' },
  { route: '/workers', at: '/workers?status=down', until: seen('No workers match these filters') },
  { route: '/workers/[id]', at: `/workers/${UNKNOWN}` },
  { route: '/scheduler' },
  { route: '/scheduler', as: 'that cannot be loaded', prepare: broken('**/scheduler/status'), until: seen('broken on purpose') },
  { route: '/queues' },
  { route: '/task-functions', prepare: answered('**/scheduler/task-functions*', { json: { taskFunctions: [], total: 0 } }) },
  { route: '/settings/api-keys' },
  { route: '/settings/users', at: '/settings/users?q=nobody' },
  { route: '/audit', at: '/audit?actor=nobody', until: seen('No entries match these filters') },
  { route: '/login', prepare: asStranger },
  { route: '/not-found', at: '/nowhere', until: seen('There is no such page') },
  // Answers that no page expects: it breaks while it is drawn, and in the second case the layout does.
  { route: '/error', isBroken: true, at: '/queues', prepare: answered('**/scheduler/queues', { json: {} }), until: seen('This page could not be shown') },
  { route: '/global-error', isBroken: true, at: '/queues', prepare: answered('**/api/session/current', { json: {} }), until: seen('Takt could not show this page') },
];

const SEEDED: readonly PageCase[] = [
  { route: '/', until: (page) => page.getByRole('region', { name: 'Needs attention' }).getByRole('link').first().waitFor() },
  { route: '/', as: 'with a card that cannot be loaded', prepare: broken('**/scheduler/timeline*'), until: seen('broken on purpose') },
  { route: '/jobs' },
  {
    route: '/jobs',
    as: 'with some selected',
    isWhole: true,
    until: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all rows on this page' }).click();
      await page.getByRole('region', { name: 'Selected jobs' }).waitFor();
    },
  },
  {
    route: '/jobs/new',
    as: 'with mistakes',
    until: async (page) => {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('alert').filter({ hasText: 'was not saved' }).waitFor();
    },
  },
  ...['', '?tab=runs', '?tab=executions', '?tab=definition', '?tab=changes'].map((tab) => ({ route: '/jobs/[id]', ...(tab === '' ? {} : { as: tab }), at: () => `/jobs/${seed.jobId}${tab}` })),
  { route: '/jobs/[id]/grid', at: () => `/jobs/${seed.jobId}/grid` },
  { route: '/jobs/[id]/edit', at: () => `/jobs/${seed.jobId}/edit` },
  { route: '/executions' },
  {
    route: '/executions',
    as: 'with some selected',
    isWhole: true,
    until: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all rows on this page' }).click();
      await seen(/ selected$/)(page);
    },
  },
  { route: '/executions/[id]', as: 'that failed', at: () => `/executions/${seed.failedId}`, until: (page) => page.getByRole('region', { name: 'Error', exact: true }).waitFor() },
  { route: '/executions/[id]', as: 'that runs', at: () => `/executions/${seed.runningId}` },
  { route: '/timeline' },
  { route: '/timeline', as: 'as a table', at: '/timeline?view=table' },
  { route: '/workers' },
  { route: '/workers/[id]', at: () => `/workers/${seed.workerId}` },
  { route: '/scheduler', until: (page) => page.getByRole('region', { name: 'Scheduler instances' }).getByText('Leader', { exact: true }).waitFor() },
  { route: '/queues' },
  { route: '/task-functions' },
  { route: '/settings/api-keys', until: seen('nightly export') },
  { route: '/settings/users', until: seen('zoe') },
  { route: '/audit' },
  {
    route: '/login',
    as: 'with a wrong password',
    prepare: asStranger,
    until: async (page) => {
      await page.getByLabel('User name').fill('admin');
      await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
      await page.getByRole('button', { name: 'Log in' }).click();
      await seen('User name or password is wrong.')(page);
    },
  },
];

const button = (name: string | RegExp, exact = false) => (page: Page) => page.getByRole('button', { name, exact }).first().click();
const menuItem = (menu: string | RegExp, item: string | RegExp) => async (page: Page) => {
  await button(menu)(page);
  await page.getByRole('menuitem', { name: item }).click();
};

const DESKTOP = ALL_LOOKS.filter(({ size }) => size === 'desktop');
const PHONE = ALL_LOOKS.filter(({ size }) => size === 'phone');

const POPUPS: readonly PopupCase[] = [
  { route: '/jobs', as: 'the palette', open: (page) => page.keyboard.press('Control+k'), role: 'dialog', looks: ALL_LOOKS },
  { route: '/jobs', as: 'the shortcuts', open: (page) => page.keyboard.press('Shift+Slash'), role: 'dialog', looks: ALL_LOOKS },
  { route: '/jobs', as: 'the user menu', open: button(/^User menu/), role: 'menu' },
  { route: '/jobs', as: 'the own password', open: menuItem(/^User menu/, 'Change password'), role: 'dialog', looks: ALL_LOOKS },
  { route: '/jobs', as: 'the refresh menu', open: button(/^Refresh:/), role: 'menu' },
  { route: '/jobs', as: 'the theme menu', open: button(/^Theme/), role: 'menu' },
  {
    route: '/jobs',
    as: 'the time zones',
    open: async (page) => {
      await button(/^Times are shown in/)(page);
      await page.getByRole('radio', { name: 'UTC', exact: true }).waitFor();
    },
    role: 'dialog',
  },
  {
    route: '/jobs',
    as: 'the navigation of a phone',
    open: async (page) => {
      await page.setViewportSize(SIZES.phone);
      await button('Open the navigation')(page);
    },
    role: 'navigation',
    looks: PHONE,
  },
  { route: '/jobs', as: 'a filter', open: (page) => page.getByRole('combobox', { name: 'Status' }).click(), role: 'listbox' },
  { route: '/jobs', as: 'the menu of a job', open: button(/^More for digest/), role: 'menu' },
  { route: '/jobs', as: 'deleting a job', open: menuItem(/^More for digest/, 'Delete…'), role: 'dialog', looks: ALL_LOOKS },
  { route: '/jobs/[id]', as: 'the menu', at: () => `/jobs/${seed.jobId}`, open: button('More actions'), role: 'menu' },
  { route: '/jobs/[id]', as: 'deleting it', at: () => `/jobs/${seed.jobId}`, open: menuItem('More actions', /^Delete/), role: 'dialog', looks: ALL_LOOKS },
  { route: '/jobs/[id]', as: 'running it', at: () => `/jobs/${seed.jobId}?trigger=1`, open: (page) => page.getByRole('dialog').waitFor(), role: 'dialog', looks: ALL_LOOKS },
  { route: '/jobs/new', as: 'the task functions', open: (page) => page.getByRole('combobox', { name: 'Task function' }).click(), role: 'listbox' },
  { route: '/executions', as: 'the export', open: button('Export'), role: 'menu' },
  { route: '/executions', as: 'the range', open: button(/^Last /), role: 'dialog' },
  { route: '/executions/[id]', as: 'running it again', at: () => `/executions/${seed.failedId}`, open: button('More ways to run it again'), role: 'menu' },
  { route: '/executions/[id]', as: 'other arguments', at: () => `/executions/${seed.failedId}`, open: menuItem('More ways to run it again', /edited arguments/), role: 'dialog', looks: ALL_LOOKS },
  { route: '/executions/[id]', as: 'stopping it', at: () => `/executions/${seed.runningId}`, open: button('Cancel', true), role: 'dialog' },
  { route: '/executions/[id]', as: 'the times of its log', at: () => `/executions/${seed.failedId}`, open: button('Times of the lines'), role: 'menu' },
  { route: '/task-functions', as: 'one of them', open: button('HTTP Request'), role: 'dialog', looks: ALL_LOOKS },
  { route: '/settings/api-keys', as: 'a new key', open: button('New key'), role: 'dialog', looks: ALL_LOOKS },
  { route: '/settings/users', as: 'a new user', open: button('New user'), role: 'dialog', looks: ALL_LOOKS },
  { route: '/settings/users', as: 'the menu of a user', open: button('Actions for zoe'), role: 'menu' },
  { route: '/audit', as: 'an entry', open: button(/^Details of /), role: 'dialog', looks: ALL_LOOKS },
];

const named = <Case extends PageCase>(cases: readonly Case[]) => cases.map((one) => ({ ...one, title: one.as === undefined ? one.route : `${one.route} ${one.as}` }));

let admin: AdminUnderTest;
/** One browser session for all pages that are as they are: their scripts are loaded and compiled once. */
let session: BrowserContext;
beforeAll(async () => {
  admin = await startAdmin();
  session = (await admin.page('admin', ELSEWHERE)).context();
});
afterAll(async () => {
  await admin.stop();
});

/** A page that is there, and what the console says about it. */
interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

async function openPage({ route, at = route, prepare, until, isBroken = false }: PageCase): Promise<Opened> {
  const page = await (prepare === undefined ? session.newPage() : admin.page('admin', ELSEWHERE));
  onTestFinished(() => (prepare === undefined ? page.close() : page.context().close()));
  await prepare?.(page);
  const complaints = isBroken ? [] : complaintsOf(page);
  await settled(page, typeof at === 'function' ? at() : at);
  await until?.(page);
  return { page, complaints };
}

it('knows every page', () => {
  const folders = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('page.tsx'));
  const routes = folders.map((file) => `/${dirname(file).split('/').filter((part) => !/^(\(.*\)|\.)$/.test(part)).join('/')}`).sort();
  const missing = (cases: readonly PageCase[]): string[] => routes.filter((route) => !cases.some((one) => one.route === route));
  expect(routes.length).toBeGreaterThan(15);
  expect(missing(EMPTY)).toEqual([]);
  expect(missing(SEEDED).filter((route) => !WITHOUT_DATA.includes(route))).toEqual([]);
});

describe('on a new installation axe and the console find nothing', () => {
  it.each(named(EMPTY))('on $title', async (one) => {
    const { page, complaints } = await openPage(one);
    expect(await axeInLooks(page, one)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('full of data axe and the console find nothing', () => {
  beforeAll(fill);

  it.each(named(SEEDED))('on $title', async (one) => {
    const { page, complaints } = await openPage(one);
    expect(await axeInLooks(page, one)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(named(POPUPS))('on $title', async (one) => {
    const { page, complaints } = await openPage(one);
    await one.open(page);
    const popup = page.getByRole(one.role).first();
    await popup.waitFor();
    expect(await axeInLooks(page, { looks: one.looks ?? DESKTOP, isStill: () => popup.isVisible() })).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

/** All kinds of jobs and runs. They fire seldom and were started by hand: what goes on meanwhile would only take time from axe. */
async function fill(): Promise<void> {
  const client = await NativeClient.logIn(admin.product.url);
  const make = (name: string, command: string, more: object = {}) => client.createShellJob(name, 3_600, command, more);
  const run = async (jobId: string, wanted: string): Promise<string> => {
    const { executionId } = await client.call<{ executionId: string }>('POST', `/jobs/${jobId}/trigger`);
    return (await client.awaitExecution(jobId, `it is ${wanted}`, ({ id, status }) => id === executionId && status === wanted)).id;
  };
  for (let at = 0; at < 24; at += 1) await make(`digest ${String(at).padStart(2, '0')}`, 'echo digest');
  const heartbeat = await client.createShellJob('heartbeat', 60, 'echo beat');
  const failing = await make('import of nothing', 'echo "no such table" >&2; exit 3', { retryCount: 1, retryDelaySeconds: 1, description: 'reads what is not there' });
  const long = await make('long report with a name that goes on and on, as names do when many people have a say in them', "printf '\\033[32mline %s\\033[0m\\n' 1 2 3; sleep 900", { timeoutSeconds: 1_000 });
  const nightly = { jobTypeId: 2, scheduleConfig: { expression: '30 2 * * *', timezone: 'Europe/Berlin' }, dependsOn: [heartbeat] };
  seed.jobId = await make('nightly import', 'true', nightly);
  await client.call('PUT', `/jobs/${seed.jobId}`, { description: 'changed by the test' });
  for (const jobId of [heartbeat, seed.jobId, seed.jobId]) await run(jobId, 'success');
  await client.call('POST', '/api-keys', { name: 'nightly export', permissions: ['TaskRead'], expiresAt: null });
  await client.call('POST', '/users', { username: 'zoe', email: 'zoe@example.com', password: 'correct horse battery', role: 'Operator' });
  seed.failedId = await run(failing, 'failed');
  seed.runningId = await run(long, 'running');
  const { workers } = await client.call<{ workers: { id: string }[] }>('GET', '/workers');
  seed.workerId = workers[0]?.id ?? '';
}
