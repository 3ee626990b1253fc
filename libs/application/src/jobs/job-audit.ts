/**
 * What the audit log says of a job: its members by the names and units of the native API. Arguments may hold passwords and
 * tokens, and the log is kept for ever and cannot be corrected: of texts in them only the length is written.
 */
import type { JsonObject, JsonValue } from '#domain/json.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';

const seconds = (ms: number): number => Math.round(ms) / 1000;

/** The members that people decide. */
export function auditedJob(job: ScheduledJob): JsonObject {
  const { bounded, policies } = job;
  const { retry } = policies;
  return {
    name: job.name,
    description: job.description,
    taskFunctionId: job.taskFunctionId,
    jobTypeId: job.jobTypeId,
    scheduleConfig: job.scheduleConfig,
    startAt: bounded.startAt?.toISOString() ?? null,
    endAt: bounded.endAt?.toISOString() ?? null,
    taskArgs: withoutTexts(job.args),
    maxInstances: policies.maxInstances,
    timeoutSeconds: seconds(policies.timeoutMs),
    retryCount: retry.retryCount,
    retryBackoff: retry.backoff.kind,
    retryDelaySeconds: seconds(retry.backoff.delayMs),
    retryMaxDelaySeconds: seconds(retry.backoff.maxDelayMs),
    retryJitter: retry.backoff.jitter,
    overlapPolicy: policies.overlap,
    catchUp: { mode: policies.catchUp.mode, windowSeconds: seconds(policies.catchUp.windowMs) },
    onWorkerLost: policies.onWorkerLost,
    priority: policies.priority,
    dependsOn: [...job.dependsOn],
    isEnabled: job.isEnabled,
    isPaused: job.isPaused,
  };
}

/** The members that differ, before and after. Arguments count as changed also where what is written of them is the same. */
export function auditedChange(before: ScheduledJob, after: ScheduledJob): JsonObject {
  const [was, is] = [auditedJob(before), auditedJob(after)];
  const isChanged = (member: string): boolean =>
    member === 'taskArgs' ? !isSame(before.args, after.args) : !isSame(was[member], is[member]);
  const changed = Object.keys(is).filter(isChanged);
  const pick = (job: JsonObject): JsonObject => Object.fromEntries(changed.map((member) => [member, job[member] ?? null]));
  return { changed, before: pick(was), after: pick(is) };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withoutTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return `(text of ${String(value.length)} characters)`;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutTexts);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutTexts(member)]));
}
