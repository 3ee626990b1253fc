import type { ScheduledJob } from '#domain/job/scheduled-job.js';

type Versioned = Pick<ScheduledJob, 'scheduleVersion' | 'updatedAt'>;

/** The `ETag` of a job's definition: another one after every change of it. What ran meanwhile does not count. */
export function jobTag({ scheduleVersion, updatedAt }: Versioned): string {
  return `"${String(scheduleVersion)}-${String(updatedAt.getTime())}"`;
}

/** What `If-Match` asks for; undefined when it asks for nothing. Weak tags match nothing (RFC 9110, 13.1.1). */
export function toExpectation(ifMatch: string | undefined): ((job: Versioned) => boolean) | undefined {
  if (ifMatch === undefined) return undefined;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  return (job) => tags.includes('*') || tags.includes(jobTag(job));
}
