/** The product with its UI, and a browser that is logged in: the ground of every journey. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePort, startProduct, type Product } from '../e2e/product.js';
import { launchBrowser } from './browser.js';

export const LOGINS = { admin: 'admin123', operator: 'op123', viewer: 'view123' } as const;
export type Login = keyof typeof LOGINS;

export const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;
export const SCHEMES = ['light', 'dark'] as const;

export interface AdminUnderTest {
  readonly product: Product;
  /** `http://127.0.0.1:<port>` of the UI. */
  readonly url: string;
  readonly browser: Browser;
  /** A page of a browser that is logged in; each login is made once and its cookies are used again. */
  page(login?: Login, options?: PageOptions): Promise<Page>;
  stop(): Promise<void>;
}

export interface PageOptions {
  readonly scheme?: (typeof SCHEMES)[number];
  readonly size?: keyof typeof SIZES;
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Starts the product with its UI on free ports, and a browser. The UI must have been built. */
export async function startAdmin(env: Readonly<Record<string, string>> = {}): Promise<AdminUnderTest> {
  const port = await freePort();
  const [product, browser] = await Promise.all([startProduct({ env: { ADMIN_ENABLED: 'true', ADMIN_PORT: String(port), ...env } }), launchBrowser()]);
  const url = `http://127.0.0.1:${String(port)}`;
  const states = new Map<Login, State>();
  return {
    product,
    url,
    browser,
    page: async (login = 'admin', { scheme = 'light', size = 'desktop' } = {}) => {
      const known = states.get(login);
      const context = await browser.newContext({ baseURL: url, viewport: SIZES[size], colorScheme: scheme, ...(known === undefined ? {} : { storageState: known }) });
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

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds on a page, one line each: `color-contrast: .selector`. Empty is good.
 *
 * Of a frame only its element counts: Bull Board's document is made elsewhere, and nothing here can mend it. Only axe's legacy
 * mode, which looks at the page in one run, leaves frames out.
 *
 * @param options `hasPopup`: a menu or a dialog is open; it stands at the end of the document, outside of its landmarks, and a
 *   dialog's head is a `header` of its own
 */
export async function axeFindings(page: Page, { hasPopup = false } = {}): Promise<string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ iframes: false }).withTags(RULES);
  const { violations } = await (hasPopup ? builder.disableRules(['region', 'landmark-no-duplicate-banner', 'landmark-unique']) : builder).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

/**
 * Axe in both themes at both sizes. Waits until the page's h1 is there and nothing is loading.
 * @returns findings with where they were found
 */
export async function axeEverywhere(admin: AdminUnderTest, path: string, login: Login = 'admin'): Promise<string[]> {
  const findings: string[] = [];
  for (const size of ['desktop', 'phone'] as const) {
    for (const scheme of SCHEMES) {
      const page = await admin.page(login, { size, scheme });
      await settled(page, path);
      findings.push(...(await axeFindings(page)).map((finding) => `${path} ${size} ${scheme}: ${finding}`));
      await page.context().close();
    }
  }
  return findings;
}

/** Opens a page and waits until it has its heading and no skeletons or busy tables. (Not by a function: the policy forbids eval.) */
export async function settled(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.mantine-Skeleton-root, [aria-busy="true"]').first().waitFor({ state: 'detached' });
}
