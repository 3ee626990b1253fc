/** One part of the platform, as it is now. */
export interface PartHealth {
  readonly name: 'api' | 'database' | 'queue' | 'scheduler' | 'workers';
  /** `degraded`: it answers, but what it is there for does not happen as it should. */
  readonly status: 'ok' | 'degraded' | 'down';
  /** For people; without addresses. */
  readonly message: string;
  /** When this process first found it not well; null while it is well. */
  readonly since: Date | null;
}

export interface HealthReport {
  /** The worst of the parts. */
  readonly status: PartHealth['status'];
  readonly parts: readonly PartHealth[];
}

/** Asks all parts how they are. */
export abstract class PlatformHealth {
  /** Never rejects, and answers within some 3 s. An answer may be a second old. */
  abstract check(): Promise<HealthReport>;
}
