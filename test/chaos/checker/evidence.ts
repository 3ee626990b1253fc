/**
 * What the checker judges: everything that a run left behind, in the product's database, in the audit tables that the
 * harness's own triggers wrote beside it, in the marker files, in the client's log and in the services' logs. Instants are
 * epoch milliseconds of this machine's clock, which is the database's too.
 */
export interface Schedule {
  readonly kind: 'interval' | 'cron' | 'once';
  readonly everyMs?: number;
  readonly anchorAt?: string;
  readonly expression?: string;
  readonly timeZone: string;
  readonly at?: string;
}

/** One version of a job's schedule, from `validFrom` until the next version's. */
export interface Version {
  readonly jobId: string;
  readonly version: number;
  readonly validFrom: number;
  readonly schedule: Schedule;
  readonly startAt: number | null;
  readonly endAt: number | null;
  readonly isActive: boolean;
}

/** A name or a switch that became another, by the database. */
export interface JobChange {
  readonly at: number;
  readonly jobId: string;
  readonly name: string;
  readonly isEnabled: boolean;
}

export interface JobFacts {
  readonly id: string;
  readonly name: string;
  /** Its task is ours and leaves marks; jobs that the platform brings along do not. */
  readonly leavesMarks: boolean;
  readonly maxInstances: number;
  readonly retryCount: number;
  readonly retryDelayMs: number;
  readonly overlap: string;
  readonly catchUpMode: string;
  readonly catchUpWindowMs: number;
  readonly onWorkerLost: string;
  readonly isEnabled: boolean;
  readonly nextFireAt: number | null;
}

export interface Execution {
  readonly id: string;
  readonly jobId: string;
  readonly scheduledFor: number;
  readonly trigger: string;
  readonly version: number;
  readonly status: string;
  readonly reason: string | null;
  readonly attempt: number;
  readonly token: number;
  readonly lostCount: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly leaseUntil: number | null;
}

export interface Attempt {
  readonly executionId: string;
  readonly attempt: number;
  readonly token: number;
  readonly status: string;
  readonly startedAt: number;
  readonly finishedAt: number;
}

export interface Gap {
  readonly jobId: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly reason: string;
}

/** A change of an execution's row, noted by a trigger in the same transaction. Ascending. */
export interface Transition {
  readonly at: number;
  readonly executionId: string;
  readonly jobId: string;
  readonly trigger: string;
  readonly scheduledFor: number;
  /** Null: the row was inserted. */
  readonly from: string | null;
  readonly to: string;
  readonly attempt: number;
  readonly token: number;
  readonly held: boolean;
  readonly workerId: string | null;
}

export interface LeaseChange {
  readonly at: number;
  readonly holder: string | null;
  readonly term: number;
  readonly expiresAt: number;
}

/** What an instance said in its log: that it was elected or deposed, or did something that only the leader may. */
export interface LeaderEvent {
  readonly at: number;
  readonly process: string;
  readonly kind: 'elected' | 'deposed' | 'duty' | 'started';
  readonly what: string;
}

export interface Marker {
  readonly job: string;
  readonly scheduledFor: number;
  readonly execution: string;
  readonly attempt: number;
  readonly phase: 'start' | 'end';
  readonly wall: number;
  /** Milliseconds since the machine started. */
  readonly mono: number;
  readonly pid: number;
  readonly code: number | null;
}

export interface WriteRecord {
  readonly kind: 'create' | 'rename' | 'reschedule' | 'enable' | 'disable' | 'pause' | 'resume' | 'trigger' | 'delete';
  readonly jobId: string | null;
  readonly name: string;
  readonly executionId: string | null;
  readonly api: number;
  readonly sentAt: number;
  readonly answeredAt: number;
  /** 0: no answer came. */
  readonly status: number;
}

export interface Evidence {
  /** Database time of the snapshot. Everything was paused before it. */
  readonly takenAt: number;
  readonly jobs: readonly JobFacts[];
  readonly jobChanges: readonly JobChange[];
  /** Of deleted jobs too. */
  readonly versions: readonly Version[];
  readonly executions: readonly Execution[];
  readonly attempts: readonly Attempt[];
  readonly gaps: readonly Gap[];
  readonly transitions: readonly Transition[];
  readonly leases: readonly LeaseChange[];
  readonly leaderEvents: readonly LeaderEvent[];
  readonly markers: readonly Marker[];
  readonly writes: readonly WriteRecord[];
  /** Characters of output stored, by `execution/attempt`. */
  readonly outputLengths: ReadonlyMap<string, number>;
  /** Processes of tasks that are still alive. */
  readonly orphans: readonly string[];
  /** Spans in which a worker process was frozen: its tasks went on meanwhile, which nobody can prevent. */
  readonly frozen: readonly { readonly from: number; readonly until: number }[];
  /** What the API says of itself. */
  readonly api: { readonly executions: number | null; readonly wrongNextFires: readonly string[] };
  /** Milliseconds until nothing was overdue or unsent and the queue knew every job; null: not in time. */
  readonly settledMs: number | null;
  /** What was still open when it did not settle. */
  readonly unsettled: string;
  /** Milliseconds until nothing ran or waited after everything was paused; null: not in time. */
  readonly quietMs: number | null;
}
