import { describe, expect, it } from 'vitest';
import { check, type Invariant } from './check.js';
import type { Attempt, Evidence, Execution, JobFacts, Marker, Transition, Version, WriteRecord } from './evidence.js';

const T0 = Date.parse('2026-11-20T12:00:00Z');
const JOB: JobFacts = {
  id: 'job', name: 'job', leavesMarks: true, maxInstances: 1, retryCount: 1, retryDelayMs: 1_000, overlap: 'skip', catchUpMode: 'latest',
  catchUpWindowMs: 60_000, onWorkerLost: 'retry', isEnabled: true, nextFireAt: null,
};
const VERSION: Version = {
  jobId: 'job', version: 1, validFrom: T0, startAt: null, endAt: null, isActive: true,
  schedule: { kind: 'interval', everyMs: 10_000, anchorAt: new Date(T0).toISOString(), timeZone: 'UTC' },
};
const RUN: Execution = {
  id: 'e1', jobId: 'job', scheduledFor: T0 + 10_000, trigger: 'scheduler', version: 1, status: 'success', reason: null, attempt: 1, token: 1,
  lostCount: 0, createdAt: T0 + 10_001, startedAt: T0 + 10_005, finishedAt: T0 + 11_000, leaseUntil: null,
};
const CHANGE: Transition = {
  at: T0 + 10_001, executionId: 'e1', jobId: 'job', trigger: 'scheduler', scheduledFor: T0 + 10_000, from: null, to: 'pending', attempt: 0,
  token: 0, held: false, workerId: null,
};
const CLAIM: Transition = { ...CHANGE, at: T0 + 10_005, from: 'pending', to: 'running', attempt: 1, token: 1, workerId: 'w1' };
const DONE: Transition = { ...CLAIM, at: T0 + 11_000, from: 'running', to: 'success' };
const START: Marker = {
  job: 'job', scheduledFor: T0 + 10_000, execution: 'e1', attempt: 1, phase: 'start', wall: T0 + 10_010, mono: 10_010, pid: 7, code: null,
};
const END: Marker = { ...START, phase: 'end', wall: T0 + 10_900, mono: 10_900, code: 0 };
const LOST: Attempt = { executionId: 'e1', attempt: 1, token: 1, status: 'lost', startedAt: T0 + 10_005, finishedAt: T0 + 10_500 };
const WRITE: WriteRecord = {
  kind: 'create', jobId: 'job', name: 'job', executionId: null, api: 0, sentAt: T0 - 10, answeredAt: T0 - 5, status: 201,
};
const LINE = `attempt 1 of job/${new Date(RUN.scheduledFor).toISOString()}\n`;

/** One job every 10 s with one occurrence that ran well, and whatever a test makes of it. */
function evidence(overrides: Partial<Evidence> = {}): Evidence {
  return {
    takenAt: T0 + 15_000,
    jobs: [JOB],
    jobChanges: [],
    versions: [VERSION],
    executions: [RUN],
    attempts: [],
    gaps: [],
    transitions: [CHANGE, CLAIM, DONE],
    leases: [],
    leaderEvents: [],
    markers: [START, END],
    writes: [WRITE],
    outputLengths: new Map([['e1/1', LINE.length]]),
    orphans: [],
    frozen: [],
    api: { executions: 1, wrongNextFires: [] },
    settledMs: 0,
    unsettled: '',
    quietMs: 0,
    ...overrides,
  };
}

const red = (given: Evidence): Invariant[] => check(given).filter(({ violations }) => violations.length > 0).map(({ id }) => id);

describe('the checker', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(red(evidence())).toEqual([]);
  });

  const skipped = { ...RUN, id: 'e2', status: 'skipped', attempt: 0, token: 0, startedAt: null };
  it.each<[string, Invariant, Partial<Evidence>]>([
    ['an occurrence that is missing', 'I1', { executions: [] }],
    ['an occurrence that nothing asked for', 'I1', { executions: [RUN, { ...skipped, scheduledFor: T0 + 12_000, reason: 'overlap' }] }],
    ['an occurrence that is there twice', 'I2', { executions: [RUN, { ...RUN, id: 'e2' }] }],
    ['a skip for an overlap with nothing', 'I3', { executions: [{ ...skipped, reason: 'overlap' }] }],
    ['a skip for lateness that was none', 'I3', { executions: [{ ...skipped, reason: 'missed_window' }] }],
    ['a start before its time', 'I4', { executions: [{ ...RUN, startedAt: T0 + 9_999 }] }],
    ['a run whose lease is long over', 'I6', { executions: [{ ...RUN, status: 'running', leaseUntil: T0 }] }],
    ['a change after the end', 'I7', { transitions: [CHANGE, CLAIM, DONE, { ...DONE, from: 'success', to: 'failed' }] }],
    ['a token that shrinks', 'I7', { transitions: [CHANGE, CLAIM, { ...DONE, token: 0 }] }],
    ['an attempt that goes on beside the next one', 'I8', { markers: [START, END, { ...START, attempt: 2, mono: 10_500, pid: 8 }], attempts: [LOST] }],
    ['a second start where none is allowed', 'I8', { jobs: [{ ...JOB, onWorkerLost: 'fail' }], markers: [START, { ...START, attempt: 2, mono: 12_000, pid: 8 }], attempts: [LOST] }],
    ['a run that was never claimed', 'I9', { markers: [START, END, { ...START, execution: 'e9' }] }],
    ['a run that happened twice', 'I9', { markers: [START, END, { ...START, pid: 8, mono: 11_500 }] }],
    ['a success without an end', 'I10', { markers: [START] }],
    ['a success recorded before its end', 'I10', { markers: [START, { ...END, wall: T0 + 12_000 }] }],
    ['an acknowledged job that is gone', 'I11', { jobs: [] }],
    ['an acknowledged name that is lost', 'I11', { writes: [WRITE, { ...WRITE, kind: 'rename', name: 'other', status: 200 }] }],
    ['an acknowledged trigger that is lost', 'I11', { writes: [WRITE, { ...WRITE, kind: 'trigger', executionId: 'e5', status: 200 }] }],
    ['a start after the job was switched off', 'I12', { writes: [WRITE, { ...WRITE, kind: 'disable', answeredAt: T0 + 10_002, status: 200 }] }],
    ['a start under the replaced schedule', 'I12', { versions: [VERSION, { ...VERSION, version: 2, validFrom: T0 + 10_002.5 }], writes: [WRITE, { ...WRITE, kind: 'reschedule', sentAt: T0 + 10_002, answeredAt: T0 + 10_003, status: 200 }] }],
    ['two at once where one is allowed', 'I13', { transitions: [CHANGE, CLAIM, { ...CLAIM, executionId: 'e2' }] }],
    ['a reign that begins in another', 'I14', { leases: [{ at: T0, holder: 'a', term: 1, expiresAt: T0 + 15_000 }, { at: T0 + 1, holder: 'b', term: 2, expiresAt: T0 + 16_000 }] }],
    ['a duty of one that does not lead', 'I14', { leaderEvents: [{ at: T0, process: 'api-1/1', kind: 'duty', what: 'maintenance.rescue' }] }],
    ['a process that was left behind', 'I15', { orphans: ['99 sleep'] }],
    ['more attempts than allowed', 'I16', { executions: [{ ...RUN, attempt: 3 }] }],
    ['a retry that came too soon', 'I16', { attempts: [{ ...LOST, status: 'failed' }, { ...LOST, attempt: 2, token: 2, startedAt: T0 + 10_600 }] }],
    ['a total that does not agree', 'I18', { api: { executions: 2, wrongNextFires: [] } }],
    ['output that is not complete', 'I19', { outputLengths: new Map() }],
    ['a backlog that stays', 'I20', { settledMs: null }],
  ])('sees %s (%s)', (_words, invariant, overrides) => {
    expect(red(evidence(overrides))).toContain(invariant);
  });

  it('does not mind a change that changed nothing', () => {
    const same = { ...WRITE, kind: 'reschedule', sentAt: T0 + 10_002, answeredAt: T0 + 10_003, status: 200 } as const;
    expect(red(evidence({ writes: [WRITE, same] }))).toEqual([]);
  });

  it('takes an estimate for a total beyond ten thousand, where the API does not count, and not below', () => {
    const many = Array.from({ length: 10_001 }, (_, index): Execution => ({ ...RUN, id: `m${String(index)}` }));
    const counted = (executions: number): string[] => red(evidence({ executions: many, api: { executions, wrongNextFires: [] } }));
    expect(counted(14_546)).not.toContain('I18');
    expect(counted(9_999)).toContain('I18');
  });

  it('counts what waited for its slot until its job was paused as an overlap, and nothing that was skipped at once', () => {
    const waited: Execution = { ...RUN, id: 'e3', status: 'skipped', reason: 'paused', startedAt: null, createdAt: T0 + 10_000, finishedAt: T0 + 14_000 };
    const overlapped: Execution = { ...RUN, id: 'e4', status: 'skipped', reason: 'overlap', startedAt: null, scheduledFor: T0 + 12_000, createdAt: T0 + 12_001, finishedAt: T0 + 12_001 };
    const versions = [VERSION, { ...VERSION, version: 2, validFrom: T0 + 13_999 }];
    expect(red(evidence({ executions: [waited, overlapped], versions }))).not.toContain('I3');
    expect(red(evidence({ executions: [{ ...waited, finishedAt: T0 + 10_000 }, overlapped], versions }))).toContain('I3');
    expect(red(evidence({ executions: [overlapped] }))).toContain('I3');
  });

  it('takes an occurrence on time along into an outage, and no other', () => {
    const folded = (id: string, scheduledFor: number, createdAt: number): Execution => ({ ...RUN, id, status: 'skipped', reason: 'coalesced', scheduledFor, createdAt, startedAt: null });
    const newest = { ...RUN, id: 'e9', scheduledFor: T0 + 30_000, createdAt: T0 + 30_500 };
    const missed = folded('e1', T0 + 10_000, T0 + 23_000);
    const onTime = folded('e2', T0 + 20_000, T0 + 23_000);
    expect(red(evidence({ executions: [missed, onTime, newest] }))).not.toContain('I3');
    expect(red(evidence({ executions: [onTime, newest] }))).toContain('I3');
    expect(red(evidence({ executions: [{ ...missed, createdAt: T0 + 16_000 }, onTime, newest] }))).toContain('I3');
  });

  it('accepts an unanswered write that a process took up late, if the database saw it then', () => {
    const open = { ...WRITE, kind: 'disable', sentAt: T0 + 20_000, answeredAt: T0 + 40_000, status: 0 } as const;
    const enabled = { ...WRITE, kind: 'enable', sentAt: T0 + 41_000, answeredAt: T0 + 41_010, status: 200 } as const;
    const jobs = [{ ...JOB, isEnabled: false }];
    const late = { at: T0 + 50_000, jobId: 'job', name: 'job', isEnabled: false };
    expect(red(evidence({ writes: [WRITE, open, enabled], jobs, jobChanges: [late] }))).not.toContain('I11');
    expect(red(evidence({ writes: [WRITE, open, enabled], jobs, jobChanges: [{ ...late, at: T0 + 30_000 }] }))).toContain('I11');
    expect(red(evidence({ writes: [WRITE, enabled], jobs, jobChanges: [late] }))).toContain('I11');
  });

  it('explains what overlaps while a worker was frozen', () => {
    const markers = [START, END, { ...START, attempt: 2, mono: 10_500, pid: 8 }];
    expect(red(evidence({ markers, attempts: [LOST], frozen: [{ from: T0 + 10_100, until: T0 + 11_000 }] }))).not.toContain('I8');
  });

  it('accepts an unanswered write that happened, and one that did not', () => {
    const open = { ...WRITE, kind: 'rename', name: 'other', status: 0 } as const;
    expect(red(evidence({ writes: [WRITE, open] }))).toEqual([]);
    expect(red(evidence({ writes: [WRITE, open], jobs: [{ ...JOB, name: 'other' }] }))).toEqual([]);
  });
});
