/** The admin UI's process alone, in front of an API that a test started. The UI must have been built. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../e2e/product.js';

const ENTRY = fileURLToPath(new URL('../../apps/admin/server.mjs', import.meta.url));

export interface AdminProcess {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws Error with its output when it ends before it is ready */
export async function startAdminProcess(apiUrl: string): Promise<AdminProcess> {
  const port = await freePort();
  const env = { PATH: process.env['PATH'], ADMIN_PORT: String(port), ADMIN_HOST: '127.0.0.1', TAKT_API_URL: apiUrl };
  const child = fork(ENTRY, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const ended = once(child, 'exit');
  const isReady = await Promise.race([once(child, 'message').then(() => true), ended.then(() => false)]);
  if (!isReady) throw new Error(`The admin UI did not start:\n${output.join('')}`);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
