/** The ground of the specs of pages that show all jobs at once: jobs that run all the time, and pages that are thrown away. */
import type { Page } from 'playwright-core';
import { NativeClient } from '../e2e/client.js';
import { eventually } from '../e2e/product.js';
import { settled, startAdmin, type AdminUnderTest } from './admin.js';
import type { Login } from './logins.js';

/** Those of `createRunningJobs`. */
export const RUNNING_JOBS = 3;

interface WireJob {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
}

export interface Site {
  readonly admin: AdminUnderTest;
  readonly client: NativeClient;
  /** At most 100. */
  jobsOf(q: string): Promise<WireJob[]>;
  /** Opens a page, does there what it is for, and closes it. */
  onPage(login: Login, path: string, act: (page: Page) => Promise<void>): Promise<void>;
}

/** A product without any job but those that come with it. */
export async function startSite(): Promise<Site> {
  const admin = await startAdmin();
  const client = await NativeClient.logIn(admin.product.url);
  return {
    admin,
    client,
    jobsOf: async (q) => (await client.call<{ jobs: WireJob[] }>('GET', `/jobs?per_page=100&q=${encodeURIComponent(q)}`)).jobs,
    onPage: async (login, path, act) => {
      const page = await admin.page(login);
      await settled(page, path);
      await act(page);
      await page.context().close();
    },
  };
}

/** One that succeeds, one that fails, one that never ends, each every two seconds; waits until the one has failed. */
export async function createRunningJobs({ client }: Site): Promise<void> {
  await client.createShellJob('heartbeat', 2, 'echo beat');
  await client.createShellJob('import of nothing', 2, 'echo "no such table" >&2; exit 3', { retryCount: 0, description: 'reads what is not there' });
  await client.createShellJob('long report with a name that goes on and on, as names do when many people have a say in them', 2, 'sleep 120', { timeoutSeconds: 300 });
  await eventually('a job that fails', async () => (await client.call<{ failing: unknown[] }>('GET', '/overview/attention')).failing.length > 0);
}
