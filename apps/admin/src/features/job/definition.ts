/** A job as the API takes it. Pure. */
import type { JobDetail, JobInput } from '@/api/types';

/** What would make the same job again. */
export function definitionOf(job: JobDetail): JobInput {
  const { name, description, taskFunctionId, jobTypeId, scheduleConfig, taskArgs, maxInstances, timeoutSeconds, retryCount, retryDelaySeconds, retryBackoff } = job;
  const { retryMaxDelaySeconds, retryJitter, overlapPolicy, catchUp, onWorkerLost, priority, startAt, endAt, isEnabled, isPaused, dependsOn } = job;
  return {
    name, description, taskFunctionId, jobTypeId, scheduleConfig, taskArgs, timeoutSeconds, retryCount, retryDelaySeconds, retryBackoff, retryMaxDelaySeconds, retryJitter,
    maxInstances, overlapPolicy, catchUp, onWorkerLost, priority, startAt, endAt, isEnabled, isPaused, dependsOn: dependsOn.map(({ id }) => id),
  };
}

/** A shell command. The API's address is the reader's to fill in: the browser knows the UI's only. */
export function curlOf(method: string, path: string, body?: unknown): string {
  const lines = [`curl -X ${method} "$TAKT_URL/api/v1/scheduler/${path}"`, `  -H "Authorization: Bearer $TAKT_TOKEN"`];
  if (body !== undefined) lines.push(`  -H "Content-Type: application/json"`, `  -d ${quoted(JSON.stringify(body, null, 2))}`);
  return lines.join(' \\\n');
}

/** In single quotes, as a POSIX shell reads them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
