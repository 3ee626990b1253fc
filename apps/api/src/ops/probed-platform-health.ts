import { PlatformHealth, type HealthReport, type PartHealth } from '#application/system/platform-health.js';
import type { Clock } from '#domain/clock.js';
import type { CheckResult, ReadinessCheck } from './readiness.js';

const PROBED = ['database', 'queue', 'scheduler', 'workers'] as const;
const STATUS: Readonly<Record<CheckResult['status'], PartHealth['status']>> = { ok: 'ok', degraded: 'degraded', unavailable: 'down' };
const SEVERITY = ['ok', 'degraded', 'down'] as const;

/** The probes of this process, and since when they fail. */
export class ProbedPlatformHealth extends PlatformHealth {
  private readonly since = new Map<string, Date>();

  /** @param readiness of the probes `database`, `queue`, `scheduler` and `workers` */
  constructor(
    private readonly readiness: ReadinessCheck,
    private readonly clock: Clock,
  ) {
    super();
  }

  async check(): Promise<HealthReport> {
    const { checks } = await this.readiness.execute();
    const probed = PROBED.map((name) => this.partOf(name, checks[name]));
    const parts: PartHealth[] = [{ name: 'api', status: 'ok', message: 'Answers', since: null }, ...probed];
    return { status: SEVERITY[Math.max(...parts.map(({ status }) => SEVERITY.indexOf(status)))] ?? 'ok', parts };
  }

  private partOf(name: PartHealth['name'], result: CheckResult | undefined): PartHealth {
    const status = result === undefined ? 'down' : STATUS[result.status];
    return { name, status, message: messageOf(name, result), since: this.sinceOf(name, status) };
  }

  private sinceOf(name: string, status: PartHealth['status']): Date | null {
    if (status === 'ok') {
      this.since.delete(name);
      return null;
    }
    const known = this.since.get(name) ?? this.clock.now();
    this.since.set(name, known);
    return known;
  }
}

function messageOf(name: PartHealth['name'], result: CheckResult | undefined): string {
  if (result?.error !== undefined) return result.error;
  if (name === 'scheduler') return `${instances(Number(result?.['instances'] ?? 0))}, jobs fire on time`;
  if (name === 'workers') return `${String(result?.['alive'] ?? 0)} alive`;
  return `Answers within ${String(Math.max(1, result?.latencyMs ?? 0))} ms`;
}

function instances(count: number): string {
  return `${String(count)} ${count === 1 ? 'instance' : 'instances'}`;
}
