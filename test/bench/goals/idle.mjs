/** What 10,000 enabled jobs cost while none of them is due. */
import { cpuBetween } from '../lab/cpu.mjs';
import { cronAt, one } from '../lab/jobs.mjs';
import { pause, rounded } from '../lab/stats.mjs';
import { startTakt } from './scheduled.mjs';

export const idle = {
  title: 'what enabled jobs cost while none is due',
  async run(lab, { quick }) {
    const span = quick ? 10_000 : 40_000;
    const none = await measure(lab, 0, span);
    const many = await measure(lab, quick ? 1_000 : 10_000, span);
    const cost = many['% core total'];
    return {
      size: { jobs: many.jobs, spanMs: span },
      table: { 'no jobs': none, [`${String(many.jobs)} jobs`]: many },
      verdicts: [
        { goal: 'CPU of all processes and stores, % of a core', must: null, value: cost, met: null },
        { goal: 'transactions a second', must: null, value: many['transactions/s'], met: null },
      ],
      data: { none, many },
    };
  },
};

async function measure(lab, jobs, spanMs) {
  const nextFireAt = () => new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1));
  const takt = await startTakt(lab, { count: jobs, schedule: cronAt('0 0 1 1 *'), nextFireAt });
  await pause(5_000);
  const before = { cpu: lab.cpu(), transactions: await transactions(lab, takt.stores) };
  await pause(spanMs);
  const used = cpuBetween(before.cpu, lab.cpu());
  const done = (await transactions(lab, takt.stores)) - before.transactions;
  await takt.close();
  const cores = Object.fromEntries(Object.entries(used).map(([part, ms]) => [`% core ${part}`, rounded((ms / spanMs) * 100)]));
  return { jobs, 'transactions/s': rounded((done * 1_000) / spanMs, 1), ...cores };
}

async function transactions(lab, { name }) {
  const { n } = await one(lab.admin, 'select xact_commit + xact_rollback as n from pg_stat_database where datname = $1', [name]);
  return Number(n);
}
