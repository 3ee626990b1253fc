/**
 * Proof that the checker sees: ten defects that schedulers really had, each put into a copy of the built product, each with
 * a short run in which it must turn an invariant red. Production code holds no switch for them. Where two safeguards stand
 * behind each other both have to go, which the comment says.
 */
import type { Invariant } from '../checker/check.js';
import { pause } from '../harness/pause.js';
import type { Lab } from '../harness/lab.js';
import type { Patch } from '../harness/product-copy.js';
import type { JobSpec, JobWriter } from '../harness/workload.js';

export interface Defect {
  readonly id: string;
  readonly title: string;
  readonly patches: readonly Patch[];
  readonly spoil?: readonly string[];
  readonly workload: (jobs: JobWriter) => JobSpec[];
  readonly run: (lab: Lab, ids: ReadonlyMap<string, string>) => Promise<void>;
  /** At least one of these must be violated. */
  readonly expected: readonly Invariant[];
}

const PERSISTENCE = 'libs/persistence/src';
const UNIQUE = `on conflict (job_id, scheduled_for) where trigger = 'scheduler' do nothing`;

const quick = (jobs: JobWriter): JobSpec[] => [
  jobs.every('each second', 1, 0.1, { maxInstances: 5, overlapPolicy: 'allow' }),
  jobs.cron('cron', '* * * * * *', 'UTC', { maxInstances: 5, overlapPolicy: 'allow' }),
  jobs.every('every 2 s', 2, 0.1, { maxInstances: 5, overlapPolicy: 'allow' }),
];

/** How late the planted late commit comes: after Postgres is dead and long before it is back, on a busy machine too. */
const LATE_COMMIT_MS = 600;

/** Worker 1 loses Postgres for longer than a lease lasts, and gets it back while others have taken over. */
async function cutOffWorker(lab: Lab): Promise<void> {
  await pause(4_000);
  const proxy = lab.workers[0]?.options.postgres;
  proxy?.set({ kind: 'cut' });
  lab.timeline.note('worker-1 cut off from Postgres');
  await pause(26_000);
  proxy?.heal();
  await pause(4_000);
}

async function runAhead(lab: Lab): Promise<void> {
  const api = lab.apis[0];
  api?.with({ CHAOS_AHEAD_MS: '30000' });
  api?.kill();
  await api?.resurrect();
  await pause(6_000);
}

async function triggerAndKillPostgres(lab: Lab, ids: ReadonlyMap<string, string>): Promise<void> {
  const jobId = ids.get('by hand') ?? null;
  for (let turn = 0; turn < 4; turn += 1) await lab.client.write(turn, { kind: 'trigger', jobId, name: '' });
  await lab.postgres.kill();
  await pause(LATE_COMMIT_MS + 1_500);
  await lab.postgres.start();
}

async function rescheduleBacklog(lab: Lab, ids: ReadonlyMap<string, string>): Promise<void> {
  await pause(5_000);
  for (const jobId of ids.values()) await lab.client.write(0, { kind: 'reschedule', jobId, name: 'hourly' }, { name: 'hourly', scheduleConfig: { hours: 1 } });
  await pause(8_000);
}

/** The jobs are due at full seconds: kills come soon after one, when the planted wait (300 ms) is under way. */
async function killPlanners(lab: Lab): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await pause(3_000 - (Date.now() % 1_000) + lab.random.between(120, 260));
    for (const api of lab.apis) api.kill();
    await Promise.all(lab.apis.map(async (api) => api.resurrect()));
  }
}

async function addJobs(lab: Lab): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) {
    await lab.client.create(lab.jobs.every(`more ${String(turn)}`, 2, 0.1).body);
    await pause(500);
  }
}

export const DEFECTS: readonly Defect[] = [
  {
    id: 'no-unique-index',
    title: 'no unique index on occurrences (nor the row lock in front of it)',
    spoil: ['drop index execution_occurrence_key'],
    patches: [
      { file: `${PERSISTENCE}/scheduling/plan-statements.js`, from: UNIQUE, to: '' },
      { file: `${PERSISTENCE}/jobs/overdue-occurrences.js`, from: UNIQUE, to: '' },
      { file: `${PERSISTENCE}/scheduling/plan-statements.js`, from: 'for no key update of j skip locked', to: '' },
    ],
    workload: quick,
    run: async () => pause(8_000),
    expected: ['I2'],
  },
  {
    id: 'no-token-check',
    title: 'writes of a worker are accepted whatever their token',
    patches: [
      { file: `${PERSISTENCE}/running/postgres-execution-ledger.js`, from: 'and e.token = r.token', to: '', times: 3 },
      { file: `${PERSISTENCE}/running/postgres-execution-ledger.js`, from: 'and s.token = e.token', to: '' },
    ],
    workload: (jobs) => [jobs.every('12 seconds long', 1, 12, { maxInstances: 10, overlapPolicy: 'allow' })],
    run: cutOffWorker,
    expected: ['I7', 'I8', 'I10'],
  },
  {
    id: 'local-clock',
    title: 'statements take the time of the process, and one API is 30 s ahead',
    patches: [
      {
        file: `${PERSISTENCE}/database.js`,
        from: '{ ...statement, values: [...values] }',
        to: '{ text: statement.text.replaceAll(/(clock|statement)_timestamp\\(\\)/g, `to_timestamp(${(Date.now() + Number(process.env.CHAOS_AHEAD_MS ?? 0)) / 1000})`), values: [...values] }',
        times: 2,
      },
    ],
    workload: quick,
    run: runAhead,
    expected: ['I4'],
  },
  {
    id: 'ack-before-commit',
    title: 'a trigger is acknowledged while its transaction is still to come',
    patches: [
      { file: `${PERSISTENCE}/executions/postgres-trigger-store.js`, from: 'return this.database.transaction(async (tx) => {', to: 'return early(this.database, executionId, async (tx) => {' },
      {
        file: `${PERSISTENCE}/executions/postgres-trigger-store.js`,
        from: 'const INSERT = {',
        to: `async function early(database, executionId, work) {
  setTimeout(() => database.transaction(work).catch(() => undefined), ${String(LATE_COMMIT_MS)});
  return { kind: 'triggered', executionId, item: { executionId, attempt: 1, queue: 'default', taskFunction: 'shell', priority: 0, delayMs: 0 } };
}
const INSERT = {`,
      },
    ],
    workload: (jobs) => [jobs.every('by hand', 3600, 0.1, { maxInstances: 10 })],
    run: triggerAndKillPostgres,
    expected: ['I11'],
  },
  {
    id: 'kill-only-the-child',
    title: 'a stop reaches the main process only',
    patches: [
      { file: 'libs/executors/src/process/helper/run-processes.js', from: 'async isGone({ wasStopped }) {', to: 'async isGone({ wasStopped }) {\n        return true;' },
      { file: 'libs/executors/src/process/helper/run-processes.js', from: 'async kill(mainIsRunning) {', to: "async kill(mainIsRunning) {\n        try { process.kill(this.identity.mainPid, 'SIGKILL'); } catch {}\n        return { killed: 1, survivors: [] };" },
      { file: 'libs/executors/src/process/helper/run-processes.js', from: 'async terminate(mainIsRunning) {', to: "async terminate(mainIsRunning) {\n        try { process.kill(this.identity.mainPid, 'SIGTERM'); } catch {}\n        return;" },
    ],
    workload: (jobs) => [jobs.every('times out and leaves a daemon', 2, 30, { flags: '0 daemon', timeoutSeconds: 1, retryCount: 0, maxInstances: 3 })],
    run: async () => pause(5_000),
    expected: ['I15'],
  },
  {
    id: 'version-ignored',
    title: 'what waits under an old version starts all the same',
    patches: [{ file: `${PERSISTENCE}/jobs/job-statements.js`, from: `and trigger = 'scheduler' and attempt = 0`, to: `and trigger = 'scheduler' and attempt = -1` }],
    workload: (jobs) => [0, 1, 2].map((index) => jobs.every(`backlog ${String(index)}`, 1, 3, { overlapPolicy: 'queue-all' })),
    run: rescheduleBacklog,
    expected: ['I12'],
  },
  {
    id: 'slot-forgotten',
    title: 'the planner does not count what is live',
    patches: [{ file: `${PERSISTENCE}/scheduling/postgres-plan-store.js`, from: 'admitted: byJob.get(row.id)?.admitted ?? 0', to: 'admitted: 0' }],
    workload: (jobs) => [jobs.every('overlaps, skip', 1, 3)],
    run: async () => pause(6_000),
    expected: ['I13', 'I8'],
  },
  {
    id: 'heartbeat-error-swallowed',
    title: 'a worker that cannot renew its leases lets its tasks go on',
    patches: [{ file: 'libs/application/src/running/lease-keeper.js', from: '    stopExpired() {', to: '    stopExpired() {\n        return;' }],
    workload: (jobs) => [jobs.every('40 seconds long', 1, 40, { maxInstances: 8, overlapPolicy: 'allow', timeoutSeconds: 50 })],
    run: cutOffWorker,
    expected: ['I8'],
  },
  {
    id: 'cursor-before-insert',
    title: 'the cursor is moved and committed before the occurrences are inserted',
    patches: [
      {
        file: `${PERSISTENCE}/scheduling/postgres-plan-store.js`,
        from: 'const fresh = newRows(plans, rowOf);',
        to: `await tx.query(MOVE_CURSORS, columns(plans, (plan) => plan.job.id, (plan) => plan.nextFireAt));
        await tx.query({ name: 'early-commit', text: 'commit' });
        await new Promise((done) => setTimeout(done, 300));
        await tx.query({ name: 'late-begin', text: 'begin' });
        const fresh = newRows(plans, rowOf);`,
      },
    ],
    workload: quick,
    run: killPlanners,
    expected: ['I1'],
  },
  {
    id: 'double-reconcile',
    title: 'every instance does the duties of the leader',
    patches: [
      { file: 'apps/api/src/scheduler/leader-duties.js', from: 'this.leadership.current()?.term === reign.term', to: 'true' },
      { file: 'apps/api/src/scheduler/leader-duties.js', from: 'const reign = this.leadership.current();', to: "const reign = this.leadership.current() ?? { holder: '00000000-0000-4000-8000-000000000000', term: 0 };" },
      {
        file: `${PERSISTENCE}/scheduling/postgres-maintenance-store.js`,
        from: "exists (select 1 from leader_lease\n  where name = 'scheduler' and holder = $1 and term = $2 and expires_at > clock_timestamp())",
        to: '($1::uuid is not null and $2::bigint is not null)',
      },
    ],
    workload: quick,
    run: addJobs,
    expected: ['I14'],
  },
];
