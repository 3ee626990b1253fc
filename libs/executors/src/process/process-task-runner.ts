/** Runs a task that is a process: the part that the shell, Python and other process executors have in common. */
import type { RunContext, StopReason } from '#application/running/executor.js';
import type { AttemptOutcome, ProcessUsage } from '#domain/execution/outcome.js';
import type { JsonObject } from '#domain/json.js';
import { stopOutcome } from '../stop-outcome.js';
import { SpawnHelperLost, SupervisorClosed } from './errors.js';
import type { OutputPiece, ProcessReport } from './helper/protocol.js';
import { OutputSummary } from './output-summary.js';
import type { ProcessSupervisor } from './process-supervisor.js';
import { taktVariables } from './task-environment.js';

/** What to run, after all checks of its parameters. */
export interface ProcessTask {
  /** Absolute path of the executable. */
  readonly file: string;
  readonly args: readonly string[];
  readonly workingDirectory: string;
  /** The job's own variables; they win over what the worker passes on, and Takt's win over them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Failures to start that would fail again: no such file, not executable, arguments too long, not a folder. */
const LASTING_SPAWN_ERRORS = new Set(['ENOENT', 'EACCES', 'ENOEXEC', 'E2BIG', 'ENOTDIR', 'EPERM', 'EINVAL', 'ERR_INVALID_ARG_VALUE']);

export class ProcessTaskRunner {
  constructor(private readonly supervisor: ProcessSupervisor) {}

  /** Runs it and says how it ended; never throws for a failing task. Its output goes to the context's log. */
  async run(context: RunContext, task: ProcessTask): Promise<AttemptOutcome> {
    const summary = new OutputSummary();
    const onOutput = (piece: OutputPiece): void => {
      summary.add(piece);
      context.log.write(piece);
    };
    if (context.isStopped()) return stopOutcome(context);
    try {
      const report = await this.supervisor.run({
        file: task.file,
        args: task.args,
        cwd: task.workingDirectory,
        environment: (runId) => ({ ...task.environment, ...taktVariables(context, runId) }),
        onOutput,
        signal: context.signal,
        stopsAtOnce: () => isFenced(context.signal),
      });
      logLeftovers(context, report);
      return outcomeOf(context, report, summary);
    } catch (error) {
      return outcomeOfError(context, error);
    }
  }
}

/** Another worker may be running this execution now: two at a time are worse than a task without a goodbye. */
function isFenced(signal: AbortSignal): boolean {
  return (signal.reason as Partial<StopReason> | undefined)?.kind === 'fenced';
}

function outcomeOf(context: RunContext, report: ProcessReport, summary: OutputSummary): AttemptOutcome {
  const { spawnError } = report;
  if (spawnError !== null) {
    const error = `could not start: ${spawnError.message}`;
    return { kind: 'failed', error, retryable: !LASTING_SPAWN_ERRORS.has(spawnError.code) };
  }
  const usage: ProcessUsage = {
    exitCode: report.exitCode,
    signal: report.signal,
    peakMemoryBytes: report.peakMemoryBytes,
    averageMemoryBytes: report.averageMemoryBytes,
  };
  const truncated = summary.isCut || report.keptOutputBytes < report.totalOutputBytes;
  const result: JsonObject = { exitCode: report.exitCode, output: summary.output, truncated };
  if (context.isStopped()) return stopOutcome(context, { result, usage });
  if (report.exitCode === 0) return { kind: 'succeeded', result, usage };
  const how = report.signal === null ? `exit code ${String(report.exitCode)}` : `killed by ${report.signal}`;
  const line = summary.lastStderrLine;
  return { kind: 'failed', error: line === null ? how : `${how}: ${line}`, result, usage };
}

function outcomeOfError(context: RunContext, error: unknown): AttemptOutcome {
  if (context.isStopped()) return stopOutcome(context);
  if (error instanceof SupervisorClosed) return { kind: 'cancelled', error: error.message };
  if (error instanceof SpawnHelperLost) return helperLost(context, error);
  throw error;
}

/** What supervised the task is gone; the run's output says so, because the ledger will only know of a loss. */
export function helperLost(context: RunContext, { message }: SpawnHelperLost): AttemptOutcome {
  context.log.write({ stream: 'system', text: `[${message}]\n` });
  return { kind: 'lost', error: message };
}

function logLeftovers(context: RunContext, { leftoversKilled, survivors }: ProcessReport): void {
  const say = (text: string): void => {
    context.log.write({ stream: 'system', text: `[${text}]\n` });
  };
  if (leftoversKilled > 0) say(`${String(leftoversKilled)} process(es) outlived the task and were killed`);
  if (survivors.length > 0) say(`could not kill process(es) ${survivors.join(', ')}: they hang in the kernel`);
}
