/** A real browser: `TEST_CHROMIUM_PATH`, the machine's Chromium or Chrome, else the one that npm installed. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/**
 * @param {readonly string[]} args of its command line, besides those that it always needs
 * @throws Error when there is none that starts
 */
export async function launchBrowser(args = []) {
  const installed = process.env.TEST_CHROMIUM_PATH ?? INSTALLED.find((path) => existsSync(path));
  // As root, as in containers, Chromium refuses to start with its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: [...sandbox, '--disable-dev-shm-usage', ...args] });
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args, ...args] });
}
