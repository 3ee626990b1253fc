import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from './lab.mjs';
import { percentile } from './stats.mjs';

/** Logs in as the demo administrator. @returns a header */
export async function authorization(url) {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'admin123' }),
  });
  const { data } = await response.json();
  return `Bearer ${data.access_token}`;
}

/** Milliseconds of one request after the other. */
export async function latency(url, { authorization: header, requests }) {
  const times = [];
  for (let index = 0; index < requests + 5; index += 1) {
    const from = performance.now();
    const response = await fetch(url, { headers: { authorization: header } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url}: ${String(response.status)}`);
    if (index >= 5) times.push(performance.now() - from);
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** Requests from another process over 50 connections. @returns requests a second and latencies, ms */
export async function load(lab, url, { authorization: header = '', seconds }) {
  const file = join(ROOT, 'test/bench/processes/http-load.mjs');
  const child = await lab.start('http-load', file, { environment: { PATH: process.env.PATH }, args: [url, header, String(seconds)] });
  const answer = once(child, 'message');
  child.send('go');
  const [{ result }] = await answer;
  await lab.stop('http-load');
  return result;
}
