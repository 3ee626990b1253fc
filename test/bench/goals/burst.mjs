/** Goal 8. All jobs fall due in the same second, several times; each fire must be recorded once, and soon. */
import { cpuBetween } from '../lab/cpu.mjs';
import { cronAt } from '../lab/jobs.mjs';
import { medians, pause, rounded, spread } from '../lab/stats.mjs';
import { startRaw, startTakt } from './scheduled.mjs';

const PERIOD_MS = 30_000;
const CRON = '0,30 * * * * *';
/** Between the end of the preparations and the first burst. */
const LEAD_MS = 5_000;

export const burst = {
  title: '10,000 jobs due in the same second, beside raw BullMQ job schedulers',
  async run(lab, { quick, rounds }) {
    const count = quick ? 2_000 : 10_000;
    const raw = await measureRaw(lab, count, rounds);
    const takt = await measureTakt(lab, count, rounds);
    const [rawMedian, taktMedian] = [medians(raw), medians(takt)];
    const late = taktMedian.p99 / rawMedian.p99;
    const lost = takt.reduce((sum, one) => sum + one.lost, 0);
    return {
      size: { count },
      table: { 'raw BullMQ': shown(rawMedian), Takt: shown(taktMedian) },
      verdicts: [
        { goal: `8: fires of ${String(count * rounds)} that are not recorded as run`, must: '0', value: lost, met: lost === 0 },
        { goal: '8: p99 lateness of the start / raw', must: '≤ 1.1', value: rounded(late), met: late <= 1.1 },
      ],
      data: { raw, takt },
    };
  },
};

const shown = (one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, Math.round(value)]));
const nextBurst = () => Math.ceil((Date.now() + LEAD_MS) / PERIOD_MS) * PERIOD_MS;

async function measureRaw(lab, count, rounds) {
  const raw = await startRaw(lab, { count, repeat: { pattern: CRON } });
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const dueMs = nextBurst();
    const used = await watch(lab, dueMs);
    const starts = (await raw.starts()).filter((start) => start.dueMs === dueMs);
    results.push(resultOf({ starts, count, used }));
  }
  await raw.close();
  return results;
}

async function measureTakt(lab, count, rounds) {
  const takt = await startTakt(lab, { count, schedule: cronAt(CRON), nextFireAt: () => new Date(nextBurst() + PERIOD_MS) });
  const results = [];
  await pause(nextBurst() - Date.now() - LEAD_MS);
  for (let round = 0; round < rounds; round += 1) {
    const dueMs = nextBurst();
    const used = await watch(lab, dueMs);
    const rows = await takt.ledger(dueMs, dueMs);
    const starts = rows.filter(({ status, attempt }) => status === 'success' && attempt === 1);
    if (starts.length === 0 && round === 0) {
      round -= 1; // the first fire of the new jobs is still ahead
      continue;
    }
    results.push({ ...resultOf({ starts, count, used }), registrationMs: takt.registrationMs });
  }
  await takt.close();
  return results;
}

/** Waits for the burst and long enough for all of it. @returns CPU of that span by part, milliseconds */
async function watch(lab, dueMs) {
  await pause(dueMs - Date.now() - 500);
  const before = lab.cpu();
  await pause(20_000);
  return cpuBetween(before, lab.cpu());
}

function resultOf({ starts, count, used }) {
  const jobs = new Set(starts.map(({ job }) => job));
  const cpu = Object.fromEntries(Object.entries(used).map(([part, ms]) => [`cpu ms ${part}`, ms]));
  return { lost: count - jobs.size, extra: starts.length - jobs.size, ...spread(starts.map(({ dueMs, startedMs }) => startedMs - dueMs)), ...cpu };
}
