/**
 * The environment of a task process: an allow-list of the worker's own, the job's, and Takt's variables. Nothing else of
 * the worker gets in, so no secret of the platform does, whatever new ones are invented.
 */
import type { RunContext } from '#application/running/executor.js';
import { RUN_ID_VARIABLE, type RunAs } from './helper/protocol.js';

const PASSED_ON = new Set(['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'USER', 'LOGNAME', 'SHELL']);

/** PATH of tasks when the worker has none itself. */
const FALLBACK_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What belongs to the worker's user and would be wrong for another one. */
const OF_THE_USER = new Set(['HOME', 'USER', 'LOGNAME', 'SHELL']);

/** Picks what tasks (and the spawn helper) may see of the worker's environment: PATH, HOME, LANG, LC_*, TZ and the like. */
export function passedOnEnvironment(
  workerEnvironment: Readonly<Record<string, string | undefined>>,
  runAs: RunAs | null = null,
): Record<string, string> {
  const passed: Record<string, string> = { PATH: FALLBACK_PATH };
  for (const [name, value] of Object.entries(workerEnvironment)) {
    if (value === undefined || !(PASSED_ON.has(name) || name.startsWith('LC_'))) continue;
    if (runAs === null || !OF_THE_USER.has(name)) passed[name] = value;
  }
  return runAs === null ? passed : { ...passed, HOME: runAs.home ?? '/' };
}

/** Takt's own variables of one run. A job cannot override them. */
export function taktVariables(context: RunContext, runId: string): Record<string, string> {
  return {
    [RUN_ID_VARIABLE]: runId,
    TAKT_EXECUTION_ID: context.executionId,
    TAKT_JOB_ID: context.jobId,
    TAKT_FIRE_KEY: context.fireKey,
    TAKT_ATTEMPT: String(context.attempt),
    TAKT_SCHEDULED_FOR: context.scheduledFor.toISOString(),
  };
}
