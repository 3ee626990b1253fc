/** Clients that change jobs all the time. Each writer owns its jobs, so that the order of its acknowledged writes is known. */
import { pause } from './pause.js';
import type { Random } from './random.js';
import type { ApiClient, WireJob } from './client.js';
import type { JobWriter } from './workload.js';

const MOST_JOBS = 4;

export interface WriterOptions {
  readonly writers: number;
  /** Between two writes of one writer, milliseconds. */
  readonly everyMs: number;
}

export class Writers {
  private isRunning = false;
  private loops: Promise<void>[] = [];

  constructor(
    private readonly client: ApiClient,
    private readonly jobs: JobWriter,
    private readonly random: Random,
  ) {}

  start({ writers, everyMs }: WriterOptions): void {
    this.isRunning = true;
    this.loops = Array.from({ length: writers }, async (_none, index) => this.loop(index, everyMs));
  }

  async stop(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.loops);
  }

  private async loop(writer: number, everyMs: number): Promise<void> {
    const own: string[] = [];
    for (let turn = 0; this.isRunning; turn += 1) {
      await this.step(own, `writer ${String(writer)}.${String(turn)}`, writer + turn).catch(() => undefined);
      await pause(everyMs * (0.5 + this.random.next()));
    }
  }

  private async step(own: string[], name: string, api: number): Promise<void> {
    const jobId = own.length === 0 ? undefined : this.random.pick(own);
    if (jobId === undefined || (own.length < MOST_JOBS && this.random.next() < 0.3)) {
      const { body } = this.jobs.every(name, this.random.between(1, 3), 0.1, { maxInstances: 3, overlapPolicy: 'queue-all' });
      const answer = await this.client.write(api, { kind: 'create', jobId: null, name }, body);
      if (answer.status === 201) own.push((answer.body as WireJob).id);
      return;
    }
    const kind = this.random.pick(['rename', 'reschedule', 'disable', 'enable', 'trigger', 'trigger', 'delete'] as const);
    if (kind === 'delete') own.splice(own.indexOf(jobId), 1);
    await this.client.write(api, { kind, jobId, name }, this.bodyOf(kind, name));
  }

  private bodyOf(kind: 'rename' | 'reschedule' | 'disable' | 'enable' | 'trigger' | 'delete', name: string): unknown {
    switch (kind) {
      case 'rename':
        return { name };
      case 'reschedule':
        return { name, scheduleConfig: { seconds: this.random.between(1, 4) } };
      case 'enable':
      case 'disable':
        return { isEnabled: kind === 'enable' };
      case 'trigger':
      case 'delete':
        return undefined;
    }
  }
}
