/**
 * Live output of executions as server-sent events. A stream polls the store: output is written there by another process,
 * in batches, and a poll is one indexed read. The status is read before the output of the same round, so that a stream
 * which sees the end has also seen everything that was stored before it.
 *
 * A stream that fails is cut; the client reconnects with the id of the last event it has and misses nothing.
 */
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import { Clock } from '#domain/clock.js';
import { DomainError } from '#domain/errors.js';
import { isLive } from '#domain/execution/status.js';
import type { ExecutionId } from '#domain/ids.js';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStream } from './event-stream.js';
import { presentLogEnd, presentLogEntry } from './execution.presenter.js';

const POLL_INTERVAL_MS = 300;
const HEARTBEAT_INTERVAL_MS = 15_000;
const RECONNECT_AFTER_MS = 3_000;
/** Then the client reconnects, and shows its credentials again. */
const MAX_DURATION_MS = 15 * 60_000;
const CHUNKS_PER_POLL = 200;
/** Streams at a time in this process: each costs a few reads per second. */
const MAX_STREAMS = 200;

export const LOG_STREAM_EXAMPLE =
  'retry: 3000\n\n' +
  'id: 1\nevent: log\ndata: {"seq":1,"attempt":1,"timestamp":"2024-01-15T11:00:01.000Z","stream":"stdout","message":"synced 150 users\\n"}\n\n' +
  'event: end\ndata: {"status":"success","errorMessage":null}\n\n';

export interface LogStreamRequest {
  readonly executionId: ExecutionId;
  /** Sequence number of the last chunk that the client has; 0 = none. */
  readonly after: number;
  /** Headers only. */
  readonly isHead: boolean;
}

@Injectable()
export class LogStreams implements OnModuleDestroy {
  private readonly open = new Set<EventStream>();

  constructor(
    private readonly executions: ExecutionReader,
    private readonly clock: Clock,
  ) {}

  /** How many streams this process serves now. */
  get openStreams(): number {
    return this.open.size;
  }

  /**
   * Streams output until the execution is over or the client goes away.
   *
   * @throws DomainError `EXECUTION_NOT_FOUND`, `RATE_LIMIT_EXCEEDED` before anything was sent; later errors cut the stream
   */
  async follow(request: LogStreamRequest, response: ServerResponse): Promise<void> {
    await this.executions.get(request.executionId);
    if (this.open.size >= MAX_STREAMS) throw new DomainError('RATE_LIMIT_EXCEEDED', 'Too many open log streams');
    const stream = new EventStream(response);
    this.open.add(stream);
    try {
      stream.open();
      if (!request.isHead) await this.pump(request, stream);
      stream.close();
    } finally {
      this.open.delete(stream);
    }
  }

  /** Ends all streams, so that the server can close. */
  onModuleDestroy(): void {
    for (const stream of this.open) stream.close();
  }

  private async pump({ executionId, after }: LogStreamRequest, stream: EventStream): Promise<void> {
    const endsAtMs = this.clock.monotonicMs() + MAX_DURATION_MS;
    let lastSeq = after;
    let saidAtMs = this.clock.monotonicMs();
    await stream.retryAfter(RECONNECT_AFTER_MS);
    while (!stream.signal.aborted && this.clock.monotonicMs() < endsAtMs) {
      const execution = await this.executions.get(executionId);
      const entries = await this.executions.logs(executionId, lastSeq, CHUNKS_PER_POLL);
      for (const entry of entries) await stream.event({ name: 'log', id: entry.seq, data: presentLogEntry(entry) });
      lastSeq = entries.at(-1)?.seq ?? lastSeq;
      if (entries.length > 0) saidAtMs = this.clock.monotonicMs();
      if (entries.length === CHUNKS_PER_POLL) continue;
      if (!isLive(execution.status)) {
        await stream.event({ name: 'end', data: presentLogEnd(execution) });
        return;
      }
      if (this.clock.monotonicMs() - saidAtMs >= HEARTBEAT_INTERVAL_MS) {
        await stream.comment('still here');
        saidAtMs = this.clock.monotonicMs();
      }
      await sleep(POLL_INTERVAL_MS, undefined, { signal: stream.signal }).catch(() => undefined);
    }
  }
}
