/** Counts the executions that this process runs at a time, over all queues; who comes when all are taken waits in line. */
export class Slots {
  private inUse = 0;
  private readonly line: (() => void)[] = [];

  constructor(private readonly total: number) {}

  /** Runs `work` as soon as a slot is free. */
  async use(work: () => Promise<void>): Promise<void> {
    if (this.inUse >= this.total) {
      await new Promise<void>((resolve) => {
        this.line.push(resolve);
      });
    } else this.inUse += 1;
    try {
      await work();
    } finally {
      this.leave();
    }
  }

  /** Hands the slot to the next in line, or frees it. */
  private leave(): void {
    const next = this.line.shift();
    if (next === undefined) this.inUse -= 1;
    else next();
  }
}
