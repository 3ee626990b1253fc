/** What runs while things break: one job of every kind that a promise speaks of. */
export interface JobSpec {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const SHELL = 7;

/** Writes the bodies of shell jobs whose task marks its start and end. */
export class JobWriter {
  constructor(
    private readonly script: string,
    private readonly markers: string,
  ) {}

  command(seconds: number, more = '0'): string {
    return `exec sh ${this.script} ${this.markers} ${String(seconds)} ${more}`;
  }

  every(name: string, everySeconds: number, taskSeconds: number, policies: Readonly<Record<string, unknown>> = {}): JobSpec {
    const { flags = '0', ...rest } = policies;
    return {
      name,
      body: {
        name,
        taskFunctionId: SHELL,
        jobTypeId: 1,
        scheduleConfig: { seconds: everySeconds },
        taskArgs: { command: this.command(taskSeconds, String(flags)) },
        timeoutSeconds: 60,
        retryCount: 2,
        retryDelaySeconds: 1,
        ...rest,
      },
    };
  }

  cron(name: string, expression: string, timezone: string, policies: Readonly<Record<string, unknown>> = {}): JobSpec {
    const spec = this.every(name, 1, 0.1, policies);
    return { name, body: { ...spec.body, jobTypeId: 2, scheduleConfig: { expression, timezone } } };
  }
}

const ALL = { catchUp: { mode: 'all', windowSeconds: 600 } };
const NONE = { catchUp: { mode: 'none' } };

/** Intervals and crons, every overlap policy, every catch-up mode, retries, both answers to a lost worker. */
export function standardWorkload(jobs: JobWriter): JobSpec[] {
  return [
    jobs.every('each second, all caught up', 1, 0.1, { ...ALL, maxInstances: 3, overlapPolicy: 'queue-all' }),
    jobs.every('every 2 s, latest', 2, 0.2),
    jobs.every('every 3 s, none caught up', 3, 0.1, NONE),
    jobs.cron('cron on even seconds', '*/2 * * * * *', 'UTC', ALL),
    jobs.cron('cron in Berlin', '1-59/5 * * * * *', 'Europe/Berlin'),
    jobs.every('overlaps, skip', 2, 3),
    jobs.every('overlaps, queue one', 2, 3, { overlapPolicy: 'queue-one' }),
    jobs.every('overlaps, cancel', 3, 4, { overlapPolicy: 'cancel-running' }),
    jobs.every('overlaps, three allowed', 1, 2.5, { overlapPolicy: 'allow', maxInstances: 3 }),
    jobs.every('fails once', 4, 0.2, { flags: '0 flaky', maxInstances: 2 }),
    jobs.every('fails always', 5, 0.1, { flags: '3', maxInstances: 2 }),
    jobs.every('long, retried when lost', 5, 8, { onWorkerLost: 'retry' }),
    jobs.every('long, at most once', 5, 8, { onWorkerLost: 'fail' }),
    jobs.every('times out and leaves a daemon', 5, 30, { flags: '0 daemon', timeoutSeconds: 2, retryCount: 0 }),
  ];
}
