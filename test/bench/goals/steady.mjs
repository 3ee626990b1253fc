/** Goal 9. 500 jobs every second: each second of each job must be in the ledger once, as a success. */
import { cpuBetween } from '../lab/cpu.mjs';
import { everySecond } from '../lab/jobs.mjs';
import { medians, pause, rounded, spread } from '../lab/stats.mjs';
import { startRaw, startTakt } from './scheduled.mjs';

const WARM_UP_MS = 4_000;
const JOBS = 500;

export const steady = {
  title: '500 jobs every second, beside raw BullMQ job schedulers',
  async run(lab, { quick, rounds }) {
    const seconds = quick ? 10 : 30;
    const raw = await measureRaw(lab, seconds, rounds);
    const takt = await measureTakt(lab, seconds, rounds);
    const [rawMedian, taktMedian] = [medians(raw), medians(takt)];
    const late = taktMedian.p99 / rawMedian.p99;
    const total = (key) => takt.reduce((sum, one) => sum + one[key], 0);
    return {
      size: { jobs: JOBS, seconds },
      table: { 'raw BullMQ': shown(rawMedian), Takt: shown(taktMedian) },
      verdicts: [
        { goal: '9: missed', must: '0', value: total('missed'), met: total('missed') === 0 },
        { goal: '9: duplicated', must: '0', value: total('duplicated'), met: total('duplicated') === 0 },
        { goal: '9: p99 lateness of the start / raw', must: '≤ 1.25', value: rounded(late), met: late <= 1.25 },
      ],
      data: { raw, takt },
    };
  },
};

const shown = (one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, rounded(value, 1)]));

async function measureRaw(lab, seconds, rounds) {
  const raw = await startRaw(lab, { count: JOBS, repeat: { every: 1_000 } });
  await pause(WARM_UP_MS);
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    await raw.starts();
    const used = await watch(lab, seconds);
    const starts = await raw.starts();
    results.push(resultOf({ starts: starts.filter(inWindow(used)), seconds, used }));
  }
  await raw.close();
  return results;
}

async function measureTakt(lab, seconds, rounds) {
  const takt = await startTakt(lab, { count: JOBS, schedule: everySecond(), nextFireAt: () => new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 2_000) });
  await pause(WARM_UP_MS);
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const used = await watch(lab, seconds);
    const rows = await takt.ledger(used.fromMs, used.toMs - 1);
    results.push(resultOf({ starts: rows.filter(({ status }) => status === 'success'), seconds, used }));
  }
  await takt.close();
  return results;
}

const inWindow = ({ fromMs, toMs }) => ({ dueMs }) => dueMs >= fromMs && dueMs < toMs;

/** A window of whole seconds that begins with the next one; returns when its last fires are long over. */
async function watch(lab, seconds) {
  const fromMs = Math.ceil(Date.now() / 1_000) * 1_000 + 1_000;
  const toMs = fromMs + seconds * 1_000;
  await pause(fromMs - Date.now());
  const before = lab.cpu();
  await pause(toMs - Date.now());
  const used = cpuBetween(before, lab.cpu());
  await pause(1_500);
  return { fromMs, toMs, used };
}

function resultOf({ starts, seconds, used }) {
  const slots = new Set(starts.map(({ job, dueMs }) => `${job} ${String(Math.floor(dueMs / 1_000))}`));
  const lateness = starts.map(({ dueMs, startedMs }) => startedMs - dueMs);
  const cpu = Object.fromEntries(Object.entries(used.used).map(([part, ms]) => [`us a fire ${part}`, (ms * 1_000) / starts.length]));
  return { missed: JOBS * seconds - slots.size, duplicated: starts.length - slots.size, ...spread(lateness), ...cpu };
}
