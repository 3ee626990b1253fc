/** Goal 16. Shell no-ops from a worker with 500 MiB of memory, beside a small Node process that only spawns. */
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../lab/lab.mjs';
import { medians, rounded } from '../lab/stats.mjs';

const CONCURRENCY = 8;

export const shell = {
  title: 'shell no-ops from a worker of 500 MiB, beside bare spawn',
  async run(lab, { quick, rounds }) {
    const count = quick ? 200 : 1_500;
    const results = { bare: [], bareTrue: [], takt: [] };
    for (let round = 0; round < rounds; round += 1) {
      results.bare.push(await measure(lab, 'bare-spawn', [count, CONCURRENCY, '/bin/bash', '-c', '--', 'true']));
      results.bareTrue.push(await measure(lab, 'bare-spawn', [count, CONCURRENCY, '/bin/true']));
      results.takt.push(await measure(lab, 'shell-worker', [count, CONCURRENCY, 500]));
    }
    const [bare, bareTrue, takt] = [medians(results.bare), medians(results.bareTrue), medians(results.takt)];
    const rate = takt.perSecond / bare.perSecond;
    return {
      size: { count, concurrency: CONCURRENCY },
      table: { 'bare spawn of bash -c true': shown(bare), 'bare spawn of /bin/true': shown(bareTrue), 'Takt, shell executor': shown(takt) },
      verdicts: [
        { goal: '16: shell no-ops/s / bare spawn of the same command', must: '≥ 0.7', value: rounded(rate), met: rate >= 0.7 },
        { goal: '16: the same / bare spawn of /bin/true', must: null, value: rounded(takt.perSecond / bareTrue.perSecond), met: null },
        { goal: "16: p99 of the worker's event loop delay, ms", must: '≤ 15', value: rounded(takt.loopDelayP99, 1), met: takt.loopDelayP99 <= 15 },
      ],
      data: results,
    };
  },
};

const shown = (one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, rounded(value, 1)]));

async function measure(lab, program, args) {
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME };
  const child = await lab.start(program, join(ROOT, `test/bench/processes/${program}.mjs`), { environment, args: args.map(String) });
  const answer = once(child, 'message');
  child.send('go');
  const [{ result }] = await answer;
  await lab.stop(program);
  return result;
}
