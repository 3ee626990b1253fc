/** Measures the memory of process trees now and then. One look at /proc serves all runs that are due. */
import { readFileSync } from 'node:fs';
import type { ProcessTableReader } from './process-table.js';
import { runMembers, type RunIdentity } from './run-members.js';

/** Samples come fast at first, so that short runs have some, then at half a second: they cost the helper CPU. */
const FIRST_SAMPLE_MS = 50;
export const MAX_INTERVAL_MS = 500;

const PAGE_BYTES = 4096;
/** Beyond this, the pages of a process are not walked. */
const LARGE_BYTES = 512 * 1024 * 1024;

export type MemoryMeasure = 'pss' | 'rss';

/** What a run's tree used, from the samples so far. Bytes. */
export interface MemoryUse {
  readonly peakMemoryBytes: number | null;
  readonly averageMemoryBytes: number | null;
  readonly memoryMeasure: MemoryMeasure | null;
}

/**
 * The samples of one run. The first is taken right after `spawn`, of the main process only, and counts only when the run
 * is over before a real one was taken.
 */
export class MemorySamples {
  private count = 0;
  private sum = 0;
  private peak = 0;
  private measure: MemoryMeasure | null = null;

  constructor(private readonly first: { bytes: number; measure: MemoryMeasure } | null) {}

  add(bytes: number, measure: MemoryMeasure): void {
    if (bytes === 0) return;
    this.count += 1;
    this.sum += bytes;
    this.peak = Math.max(this.peak, bytes);
    if (this.measure !== 'rss') this.measure = measure;
  }

  summary(): MemoryUse {
    if (this.count > 0) {
      const averageMemoryBytes = Math.round(this.sum / this.count);
      return { peakMemoryBytes: this.peak, averageMemoryBytes, memoryMeasure: this.measure };
    }
    const bytes = this.first?.bytes ?? null;
    return { peakMemoryBytes: bytes, averageMemoryBytes: bytes, memoryMeasure: this.first?.measure ?? null };
  }
}

/** A run as the sampler sees it. */
export interface Sampled {
  readonly identity: RunIdentity;
  readonly samples: MemorySamples;
  /** Told which processes were seen, so that they are known when they try to get away. */
  readonly remember: (members: readonly { readonly pid: number; readonly startTicks: number }[]) => void;
}

export class MemorySampler {
  private readonly runs = new Map<Sampled, { dueAt: number; intervalMs: number }>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly tables: ProcessTableReader) {}

  /** Samples this run from now on. */
  watch(run: Sampled): void {
    this.runs.set(run, { dueAt: performance.now() + FIRST_SAMPLE_MS, intervalMs: FIRST_SAMPLE_MS });
    this.timer ??= setInterval(() => void this.sampleDue(), FIRST_SAMPLE_MS);
  }

  unwatch(run: Sampled): void {
    this.runs.delete(run);
    if (this.runs.size > 0 || this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  private async sampleDue(): Promise<void> {
    const now = performance.now();
    const due = [...this.runs].filter(([, plan]) => plan.dueAt <= now);
    if (due.length === 0) return;
    for (const [, plan] of due) {
      plan.intervalMs = Math.min(plan.intervalMs * 2, MAX_INTERVAL_MS);
      // At the same beat for all, so that one look at /proc serves many.
      plan.dueAt = Math.floor((now + plan.intervalMs) / plan.intervalMs) * plan.intervalMs;
    }
    const table = await this.tables.fresh();
    for (const [run] of due) {
      const members = runMembers(table, run.identity);
      run.remember(members);
      const measured = members.map(({ pid }) => measureProcess(pid)).filter((sample) => sample !== null);
      const total = measured.reduce((sum, { bytes }) => sum + bytes, 0);
      run.samples.add(total, measured.some(({ measure }) => measure === 'rss') ? 'rss' : 'pss');
    }
  }
}

/**
 * Memory of one process: its proportional share where the kernel tells it, else what is resident. Null when gone or a
 * zombie. The share is found by a walk over all pages, which holds up a large process; that one is taken as resident.
 */
export function measureProcess(pid: number): { bytes: number; measure: MemoryMeasure } | null {
  const resident = Number(read(pid, 'statm').split(' ')[1] ?? 0) * PAGE_BYTES;
  if (resident === 0) return null;
  const pss = resident > LARGE_BYTES ? undefined : /^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1];
  return pss === undefined ? { bytes: resident, measure: 'rss' } : { bytes: Number(pss) * 1024, measure: 'pss' };
}

function read(pid: number, file: 'smaps_rollup' | 'statm'): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
