/** Demonstration data: jobs as people have them, and a day of their history, so that pages have something to show. */
import { randomUUID } from 'node:crypto';

const shell = (command) => ({ taskFunction: 'shell', taskArgs: { command } });
const every = (scheduleConfig) => ({ jobTypeId: 1, scheduleConfig });
const cron = (expression, timezone = 'UTC') => ({ jobTypeId: 2, scheduleConfig: { expression, timezone } });

/** `share`: of past runs, how many did not succeed, as `failure` says. */
const JOBS = [
  { name: 'Nightly invoice export', description: 'Writes the invoices of the day before to the archive', ...shell('echo exporting invoices; sleep 1; echo 1284 invoices written'), ...cron('30 2 * * *', 'Europe/Berlin'), history: { minutesApart: 1440, medianSeconds: 184 } },
  { name: 'Heartbeat to billing', description: 'Tells billing that we are alive', ...shell('echo ok'), ...every({ minutes: 1 }), history: { minutesApart: 5, medianSeconds: 0.4 } },
  { name: 'Partner sync', description: 'Fetches changed orders from the partner; their gateway drops connections', ...shell('echo connecting to gateway; sleep 0.4; if [ $((RANDOM % 3)) = 0 ]; then echo "connection reset by peer" >&2; exit 3; fi; echo 42 orders synced'), ...every({ seconds: 30 }), retryCount: 2, retryDelaySeconds: 2, history: { minutesApart: 10, medianSeconds: 3.1, share: 0.25 } },
  { name: 'Warehouse report', description: 'Hourly stock report with a long log', ...shell('for step in $(seq 1 90); do printf "\\033[32mstep %s of 90\\033[0m  reading shelf %s, 120 articles\\n" $step $((step * 7)); sleep 0.4; done; echo "report written to /srv/reports/stock.csv"'), ...every({ minutes: 1 }), timeoutSeconds: 120, history: { minutesApart: 15, medianSeconds: 37 } },
  { name: 'Invoice table check', description: 'Looks for a table that does not exist yet', ...shell('echo checking schema; echo "ERROR: relation \\"invoices_2027\\" does not exist" >&2; exit 1'), ...every({ minutes: 2 }), retryCount: 0, history: { minutesApart: 30, medianSeconds: 0.9, share: 1 } },
  { name: 'Image thumbnails', description: 'Cannot keep its limit on large images', ...shell('echo start; sleep 60'), ...every({ minutes: 3 }), timeoutSeconds: 5, retryCount: 1, retryDelaySeconds: 5, history: { minutesApart: 45, medianSeconds: 5, share: 0.6, failure: 'timeout' } },
  { name: 'Weekly compliance archive', description: null, ...shell('echo archived'), ...cron('0 4 * * 1', 'America/New_York'), history: { minutesApart: 1440, medianSeconds: 640 } },
  { name: 'Cache warm-up', description: 'Paused until the new cache is in place', ...shell('echo warm'), ...every({ minutes: 5 }), history: { minutesApart: 20, medianSeconds: 2.2 }, isPaused: true },
  { name: 'Old clean-up', description: 'Replaced by file_cleanup', ...shell('echo clean'), ...cron('*/15 * * * *'), history: { minutesApart: 60, medianSeconds: 1.4 }, isEnabled: false },
  { name: 'Season start', description: 'Switches the shop to the new season', ...shell('echo switched'), jobTypeId: 3, scheduleConfig: { at: '2027-03-01T00:00:00Z' } },
];

/** Members of a demonstration job that are not the API's. */
const OURS = new Set(['taskFunction', 'history', 'isPaused']);

const PAST_RUN = `
  insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority, timeout_ms,
                         attempt, started_at, finished_at, duration_ms, error)
  values ($1, $2, $3, $3, 'scheduler', 1, $4, 'shell', $5, 0, 300000, 1, $3, $3::timestamptz + $6 * interval '1 second', $6 * 1000, $7)
  on conflict do nothing`;

/** Makes the jobs through the API. @returns their ids by name */
export async function createJobs(api) {
  const { taskFunctions } = await api('GET', '/task-functions?per_page=100');
  const ids = new Map();
  for (const job of JOBS) {
    const members = Object.fromEntries(Object.entries(job).filter(([name]) => !OURS.has(name)));
    const { id } = await api('POST', '/jobs', { ...members, taskFunctionId: taskFunctions.find(({ name }) => name === job.taskFunction).id });
    if (job.isPaused) await api('POST', `/jobs/${id}/pause`);
    ids.set(job.name, id);
  }
  return ids;
}

/** Writes a day of past runs into the ledger; the leader sums it up by itself. */
export async function writeHistory(client, ids) {
  const random = sequence(7);
  const now = Date.now();
  const { rows } = await client.query("select queue from task_function where name = 'shell'");
  for (const { name, history } of JOBS.filter((job) => job.history !== undefined)) {
    const { minutesApart, medianSeconds, share = 0.01, failure = 'failed' } = history;
    for (let minutes = 1440; minutes > 3; minutes -= minutesApart) {
      const failed = random() < share;
      const seconds = failed && failure === 'timeout' ? medianSeconds : Math.round(medianSeconds * (0.6 + random()) * 1000) / 1000;
      const error = failed ? (failure === 'timeout' ? 'timed out after 5 s' : 'exit code 1') : null;
      await client.query(PAST_RUN, [randomUUID(), ids.get(name), new Date(now - minutes * 60_000), failed ? failure : 'success', rows[0].queue, seconds, error]);
    }
  }
  await client.query("update execution_rollup_progress set until = date_trunc('hour', now(), 'UTC') - interval '26 hours'");
}

/** The same numbers each time, so that pictures differ only where pages do. */
function sequence(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
