/** The product with its UI, and a browser that is logged in: the ground of every journey. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser/chromium.mjs';
import { freePort, startProduct, type Product } from '../e2e/product.js';
import { LOGINS, type Login } from './logins.js';

/** A name that is not the browser's own machine, but leads there: on plain http it has no secure context. */
const PLAIN_HOST = 'plain.test';

export const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Size = keyof typeof SIZES;
export type Scheme = 'light' | 'dark';

export interface AdminUnderTest {
  readonly product: Product;
  /** `http://127.0.0.1:<port>` of the UI. */
  readonly url: string;
  /** The same at a name off this machine: what browsers keep for https and for localhost is missing there. */
  readonly plainUrl: string;
  readonly browser: Browser;
  /** A page of a browser that is logged in; each login is made once and its cookies are used again. */
  page(login?: Login, options?: PageOptions): Promise<Page>;
  stop(): Promise<void>;
}

export interface PageOptions {
  readonly scheme?: Scheme;
  readonly size?: Size;
  /** Of the browser. @default the machine's */
  readonly timeZone?: string;
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Starts the product with its UI on free ports, and a browser. The UI must have been built. */
export async function startAdmin(env: Readonly<Record<string, string>> = {}): Promise<AdminUnderTest> {
  const port = await freePort();
  const [product, browser] = await Promise.all([startProduct({ env: { ADMIN_ENABLED: 'true', ADMIN_PORT: String(port), ...env } }), launchBrowser([`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`])]);
  const url = `http://127.0.0.1:${String(port)}`;
  const states = new Map<Login, State>();
  return {
    product,
    url,
    plainUrl: `http://${PLAIN_HOST}:${String(port)}`,
    browser,
    page: async (login = 'admin', { scheme = 'light', size = 'desktop', timeZone } = {}) => {
      const known = states.get(login);
      const context = await browser.newContext({
        baseURL: url,
        viewport: SIZES[size],
        colorScheme: scheme,
        ...(timeZone === undefined ? {} : { timezoneId: timeZone }),
        ...(known === undefined ? {} : { storageState: known }),
      });
      const page = await context.newPage();
      if (known === undefined) {
        await logIn(page, login);
        states.set(login, await context.storageState());
      }
      return page;
    },
    stop: async () => {
      await browser.close();
      await product.remove();
    },
  };
}

/** Logs in by the form, and waits for the page that it leads to. */
export async function logIn(page: Page, login: Login): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('User name').fill(login);
  await page.getByRole('textbox', { name: 'Password' }).fill(LOGINS[login]);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** What the console complains about from now on, as it grows: errors of scripts and of the content security policy. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Answers such as 404 are the page's own to show.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** Presses keys one after the other as a person does: not waiting for what the page makes of each. */
export async function typeKeys(page: Page, ...keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => page.keyboard.press(key)));
}

/** Opens a page and waits until it has its heading and no skeletons or busy tables. (Not by a function: the policy forbids eval.) */
export async function settled(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.mantine-Skeleton-root, [aria-busy="true"]').first().waitFor({ state: 'detached' });
}

const CALM = `(async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await drawn();
  const ending = document.getAnimations().filter((animation) => Number.isFinite(Number(animation.effect?.getComputedTiming().endTime)));
  await Promise.allSettled(ending.map((animation) => animation.finished));
  await drawn();
})()`;

/** Waits until what was changed is drawn, and no transition runs: colours on the way from one to another have no contrast. */
export async function calm(page: Page): Promise<void> {
  await page.evaluate(CALM);
}
