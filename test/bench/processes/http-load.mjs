/** Sends one GET over and over on 50 connections. argv: URL, authorization header, seconds. A second before counts for nothing. */
import { Pool } from 'undici';
import { spread } from '../lab/stats.mjs';

const CONNECTIONS = 50;
const WARM_UP_MS = 2_000;

const [url, authorization, seconds] = process.argv.slice(2);
const { origin, pathname, search } = new URL(url);
const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });

async function measure() {
  const countFrom = performance.now() + WARM_UP_MS;
  const until = countFrom + Number(seconds) * 1_000;
  const times = [];
  const client = async () => {
    for (let from = performance.now(); from < until; from = performance.now()) {
      const { statusCode, body } = await pool.request({ path: pathname + search, method: 'GET', headers: { authorization } });
      await body.dump({ limit: 2 ** 24 });
      if (statusCode !== 200) throw new Error(`answered ${String(statusCode)}`);
      if (from >= countFrom) times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return { perSecond: times.length / Number(seconds), ...spread(times) };
}

process.once('message', async () => {
  process.send({ type: 'result', result: await measure() });
});
process.once('SIGTERM', () => process.exit(0));
process.send({ type: 'ready' });
process.once('disconnect', () => process.exit(0));
