/** A request whose body never ends: whoever waits for its end does not answer it. */
import { request as httpRequest } from 'node:http';

/**
 * Sends the head and `bytes` of a body, and nothing more. Gives the status once the other side has answered and cut the
 * connection.
 */
export async function sendUnfinished(url: string, method: string, path: string, { headers, bytes }: { headers: Readonly<Record<string, string>>; bytes: number }): Promise<number> {
  const request = httpRequest(`${url}${path}`, { method, headers: { ...headers, connection: 'keep-alive' }, agent: false });
  const cut = new Promise<void>((resolve) => {
    request.once('close', resolve);
  });
  const status = new Promise<number>((resolve, reject) => {
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    // After the answer this is the connection being cut.
    request.on('error', reject);
  });
  request.flushHeaders();
  if (bytes > 0) request.write(Buffer.alloc(bytes, 0x20));
  const answered = await status;
  await cut;
  return answered;
}
