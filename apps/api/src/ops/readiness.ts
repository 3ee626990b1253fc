import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock.js';
import { DomainError } from '#domain/errors.js';
import { HealthProbes, type HealthProbe } from './health-probe.js';

/** No check is waited for longer, whatever deadline it has itself. */
const CHECK_DEADLINE_MS = 3_000;
/** Anybody may ask, so that an answer is kept for a moment and shared. */
const REMEMBERED_MS = 1_000;

export interface CheckResult {
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly latencyMs: number;
  readonly error?: string;
  readonly [fact: string]: string | number | boolean | null | undefined;
}

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unavailable';
  readonly checks: Readonly<Record<string, CheckResult>>;
}

/** Asks all parts at once how they are. */
@Injectable()
export class ReadinessCheck {
  private last: { readonly answer: Promise<Readiness>; readonly untilMs: number } | null = null;

  constructor(
    private readonly all: HealthProbes,
    private readonly clock: Clock,
  ) {}

  /** Never rejects, and answers within the deadline. */
  async execute(): Promise<Readiness> {
    const nowMs = this.clock.monotonicMs();
    if (this.last === null || this.last.untilMs <= nowMs) {
      this.last = { answer: this.ask(), untilMs: nowMs + REMEMBERED_MS };
    }
    return this.last.answer;
  }

  private async ask(): Promise<Readiness> {
    const results = await Promise.all(this.all.probes.map(async (probe) => [probe.name, await this.run(probe)] as const));
    const statuses = results.map(([, { status }]) => status);
    return { status: overall(statuses), checks: Object.fromEntries(results) };
  }

  private async run(probe: HealthProbe): Promise<CheckResult> {
    const startedAtMs = this.clock.monotonicMs();
    const latency = (): number => Math.round(this.clock.monotonicMs() - startedAtMs);
    try {
      const { status, message, facts } = await withDeadline(probe.check());
      return { status, latencyMs: latency(), ...facts, ...(message === undefined ? {} : { error: message }) };
    } catch (error) {
      return { status: 'unavailable', latencyMs: latency(), error: publicReason(error) };
    }
  }
}

function overall(statuses: readonly CheckResult['status'][]): Readiness['status'] {
  if (statuses.includes('unavailable')) return 'unavailable';
  return statuses.includes('degraded') ? 'degraded' : 'ready';
}

const NO_ANSWER = new DomainError('INTERNAL', `no answer within ${String(CHECK_DEADLINE_MS)} ms`);

async function withDeadline<Value>(answer: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(NO_ANSWER);
    }, CHECK_DEADLINE_MS);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Anybody reads it: our own words, or the system's code, never a driver's message with addresses in it. */
function publicReason(error: unknown): string {
  if (error instanceof DomainError) return error.message;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code !== null && /^E[A-Z]+$/.test(code) ? `not reachable (${code})` : 'not reachable';
}
