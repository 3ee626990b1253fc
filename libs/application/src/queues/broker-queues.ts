/** Entries of a queue in the message queue, by state. Finished ones are kept for a while and are no history. */
export interface BrokerFigures {
  readonly waiting: number;
  readonly active: number;
  /** Entries that wait for their time, such as further attempts. */
  readonly delayed: number;
  /** Waiting entries with a priority. */
  readonly prioritized: number;
  readonly completed: number;
  readonly failed: number;
  /** Somebody stopped it by hand, e.g. in Bull Board. */
  readonly isPaused: boolean;
}

/** The message queue, for looking only. */
export abstract class BrokerQueues {
  /** Figures by name; null for a queue whose store did not answer within 2 s. Never rejects. */
  abstract figuresOf(names: readonly string[]): Promise<ReadonlyMap<string, BrokerFigures | null>>;
}
