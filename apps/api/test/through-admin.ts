/** A caller of the scheduler dialect as pages of the admin UI are: at the UI's port, with the session in cookies. */
import { ProxyClient } from '../../../test/admin/proxy.js';
import type { Account, Send } from './api-under-test.js';

const NATIVE = /^\/api\/v1\/scheduler(?=\/)/;
const PROXY = '/api/setting/scheduler';

/**
 * @param uiUrl base URL of the UI
 * @param direct takes what the UI passes on for nobody, such as the routes of other dialects
 */
export async function logInThroughAdmin(uiUrl: string, account: Account, direct: Send): Promise<Send> {
  const browser = new ProxyClient(uiUrl);
  const { status, text } = await browser.logIn(account);
  if (status !== 204) throw new Error(`Login as ${account} at the UI failed: ${String(status)} ${text}`);
  return async (line, options = {}) => {
    const [method = 'GET', path = '/'] = line.split(/ (.*)/s);
    if (!NATIVE.test(path)) return direct(line, options);
    const answer = await browser.send(method, path.replace(NATIVE, PROXY), options);
    return { status: answer.status, headers: answer.headers, body: answer.json ?? answer.text };
  };
}
