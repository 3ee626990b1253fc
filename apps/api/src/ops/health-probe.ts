/** What one part of the platform says of itself. A part that does not answer has no report: its check fails. */
export interface ProbeReport {
  /** `degraded`: it answers, but what it is there for does not happen as it should. */
  readonly status: 'ok' | 'degraded';
  /** What is wrong, for people; public, so without addresses or names of databases. */
  readonly message?: string;
  /** Further members for the answer. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A part that the API needs to be of use. */
export abstract class HealthProbe {
  /** Its name in the answer: `database`, `queue`, `scheduler`. */
  abstract readonly name: string;
  /** Rejects when the part cannot be reached. Has a deadline of its own, at most 3 s. */
  abstract check(): Promise<ProbeReport>;
}

/** All probes of the process; what is injected. */
export class HealthProbes {
  constructor(readonly probes: readonly HealthProbe[]) {}
}
