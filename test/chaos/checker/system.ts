/** I13 slots, I14 one leader, I18 counters, I20 liveness. */
import type { Evidence, LeaderEvent } from './evidence.js';
import { at, groupBy, Judge, type Finding } from './judge.js';

/** A duty that began in a reign may be logged a little after it. */
const LOG_GRACE_MS = 3_000;

export function checkSlots(evidence: Evidence): Finding {
  const judge = new Judge();
  const jobs = new Map(evidence.jobs.map((job) => [job.id, job]));
  for (const [jobId, changes] of groupBy(evidence.transitions, (change) => change.jobId)) {
    const job = jobs.get(jobId);
    if (job === undefined) continue;
    const running = new Set<string>();
    for (const { executionId, to, at: instant } of changes) {
      if (to !== 'running') running.delete(executionId);
      else running.add(executionId);
      judge.look(running.size <= job.maxInstances, () => `${job.name}: ${String(running.size)} running at ${at(instant)}, ${String(job.maxInstances)} allowed`);
    }
  }
  return judge.finding;
}

export function checkLeaders(evidence: Evidence): Finding {
  const judge = new Judge();
  evidence.leases.forEach((lease, index) => {
    const before = evidence.leases[index - 1];
    if (before === undefined || lease.holder === null) return;
    judge.look(lease.term >= before.term, () => `term ${String(before.term)} → ${String(lease.term)} at ${at(lease.at)}`);
    if (lease.holder === before.holder && lease.term === before.term) return;
    const wasFree = before.holder === null || before.expiresAt <= lease.at;
    judge.look(wasFree && lease.term > before.term, () => `term ${String(lease.term)} began ${at(lease.at)} while term ${String(before.term)} lasted until ${at(before.expiresAt)}`);
  });
  for (const [name, events] of groupBy(evidence.leaderEvents, (event) => event.process)) lookAtDuties(name, events, judge);
  for (const [term, holders] of groupBy(evidence.leaderEvents.filter(({ kind }) => kind === 'elected'), ({ what }) => what)) {
    judge.look(holders.length === 1, () => `term ${term} was won by ${holders.map((event) => event.process).join(' and ')}`);
  }
  return judge.finding;
}

/** Only who leads does the leader's work. */
function lookAtDuties(name: string, events: readonly LeaderEvent[], judge: Judge): void {
  let isLeader = false;
  let deposedAt = -Infinity;
  for (const { kind, what, at: instant } of events) {
    if (kind === 'elected') isLeader = true;
    if (kind === 'deposed') {
      isLeader = false;
      deposedAt = instant;
    }
    if (kind === 'duty') judge.look(isLeader || instant - deposedAt < LOG_GRACE_MS, () => `${name} did ${what} at ${at(instant)} and did not lead`);
  }
}

/** The API counts exactly up to here, and estimates beyond. */
const COUNTED_EXACTLY = 10_000;

export function checkCounters(evidence: Evidence): Finding {
  const judge = new Judge();
  const { api, executions } = evidence;
  const isEstimate = executions.length > COUNTED_EXACTLY && (api.executions ?? 0) > COUNTED_EXACTLY;
  judge.look(isEstimate || api.executions === executions.length, () => `the API counts ${String(api.executions)} executions, the table has ${String(executions.length)}`);
  judge.look(api.wrongNextFires.length === 0, () => `next fires shown wrongly: ${api.wrongNextFires.slice(0, 5).join('; ')}`);
  return judge.finding;
}

export function checkLiveness(evidence: Evidence): Finding {
  const judge = new Judge();
  judge.look(evidence.settledMs !== null, () => `60 s after everything was healed: ${evidence.unsettled}`);
  return judge.finding;
}
