/** What waits for a worker. */
export abstract class Backlog {
  /** Executions that could start now, by queue; queues without any are left out. */
  abstract depths(): Promise<Record<string, number>>;

  /** Queues of those that no live worker consumes, by name. */
  abstract unserved(): Promise<string[]>;
}
