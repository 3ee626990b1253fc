/** What a scenario is: a workload, a way to break things, and figures with targets. */
import type { Evidence } from '../checker/evidence.js';
import type { Backend, Lab } from '../harness/lab.js';
import { standardWorkload, type JobSpec, type JobWriter } from '../harness/workload.js';

/** A measured figure and the most it may be. */
export interface Target {
  readonly what: string;
  readonly value: number | null;
  readonly limit: number;
  readonly unit: 'ms' | '';
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly backends: readonly Backend[];
  readonly workload?: (jobs: JobWriter) => JobSpec[];
  readonly redisKeepsData?: boolean;
  /** Most milliseconds that a start that waited for nothing may be late, the fault included (I5). */
  readonly latenessLimitMs: number;
  /** Breaks things; the lab heals what is still broken afterwards. */
  readonly run: (lab: Lab, ids: ReadonlyMap<string, string>) => Promise<Target[]>;
  /** Figures that need the evidence. */
  readonly after?: (evidence: Evidence) => Target[];
  /** Why it cannot run here; null when it can. */
  readonly obstacle?: (root: string) => Promise<string | null>;
}

export const BOTH: readonly Backend[] = ['redis', 'postgres'];
export const REDIS_ONLY: readonly Backend[] = ['redis'];

export function workloadOf(scenario: Scenario, jobs: JobWriter): JobSpec[] {
  return (scenario.workload ?? standardWorkload)(jobs);
}

export function isMet({ value, limit }: Target): boolean {
  return value !== null && value <= limit;
}

export function largest(values: readonly number[]): number {
  return Math.max(0, ...values);
}
