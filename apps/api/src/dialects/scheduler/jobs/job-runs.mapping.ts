import type { Execution } from '#application/executions/execution.js';
import type { RunRow, RunsAt } from '#application/executions/execution.repository.js';
import type { ExecutionId } from '#domain/ids.js';
import { InputError } from '../../../http/input.pipe.js';
import { instantOrNull } from '../wire.js';
import { presentRunMark } from './job.presenter.js';
import type { JobRunsQuery } from './job-runs.dto.js';
import type { JobRunResponse, JobRunsResponse } from './job-runs.responses.js';

const DEFAULT_RUNS = 50;

/** @throws InputError when more than one of `before`, `after` and `around` is given */
export function toRunsAt(query: JobRunsQuery): RunsAt {
  const sides = (['before', 'after', 'around'] as const).filter((side) => query[side] !== undefined);
  const [side, second] = sides;
  if (second !== undefined) {
    throw new InputError('query', [{ path: [second], message: 'give one of before, after and around' }]);
  }
  const id = side === undefined ? undefined : query[side];
  return side === undefined || id === undefined ? { side: 'newest' } : { side, id: id.toLowerCase() as ExecutionId };
}

export function toRunLimit({ limit }: JobRunsQuery): number {
  return limit === undefined ? DEFAULT_RUNS : Number(limit);
}

export function presentRuns({ runs, hasOlder, hasNewer }: RunRow): JobRunsResponse {
  return { runs: runs.map(presentRun), hasOlder, hasNewer };
}

function presentRun(execution: Execution): JobRunResponse {
  return {
    ...presentRunMark(execution),
    attempt: execution.attempt,
    finishedAt: instantOrNull(execution.finishedAt),
    workerId: execution.workerId,
    error: execution.error,
  };
}
