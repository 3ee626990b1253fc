/** What changes, as server-sent events: the names of topics and nothing else. Who hears of it asks for what it shows. */
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ChangeInbox } from '#application/live/change-inbox.js';
import { ChangeWatch } from '#application/live/change-watch.js';
import type { Topic } from '#application/live/topics.js';
import { Clock } from '#domain/clock.js';
import { DomainError } from '#domain/errors.js';
import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStream } from '../executions/event-stream.js';
import { STREAMS_PER_CALLER, STREAMS_PER_PROCESS } from './stream-limits.js';

const RECONNECT_AFTER_MS = 3_000;
const HEARTBEAT_INTERVAL_MS = 15_000;
/** Then the client reconnects, and shows its credentials again. */
const MAX_DURATION_MS = 15 * 60_000;
/** Between two events of one stream at least. */
const MIN_GAP_MS = 500;

export const CHANGE_STREAM_EXAMPLE =
  'retry: 3000\n\n' +
  'id: q1sPTsKxmM.9vdYzqfkzU\nevent: ready\ndata: {"topics":["jobs","executions"]}\n\n' +
  'id: q1sPTsKxmM.hC0xGnFSVQ\nevent: change\ndata: {"topics":["executions"]}\n\n';

export interface ChangeStreamRequest {
  readonly topics: readonly Topic[];
  /** Whose streams are counted together. */
  readonly caller: string;
  /** `id` of the last event that the client has, if it reconnects. */
  readonly lastEventId: string | undefined;
  /** Headers only. */
  readonly isHead: boolean;
}

@Injectable()
export class ChangeStreams implements OnModuleDestroy {
  private readonly open = new Map<EventStream, string>();

  constructor(
    private readonly watch: ChangeWatch,
    private readonly clock: Clock,
  ) {}

  /** How many streams this process serves now. */
  get openStreams(): number {
    return this.open.size;
  }

  /**
   * Streams until the client goes away or its time is over.
   *
   * @throws DomainError `RATE_LIMIT_EXCEEDED` before anything was sent
   */
  async follow(request: ChangeStreamRequest, response: ServerResponse): Promise<void> {
    const ofCaller = [...this.open.values()].filter((caller) => caller === request.caller).length;
    if (ofCaller >= STREAMS_PER_CALLER || this.open.size >= STREAMS_PER_PROCESS) {
      throw new DomainError('RATE_LIMIT_EXCEEDED', 'Too many open streams of changes');
    }
    const stream = new EventStream(response);
    this.open.set(stream, request.caller);
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
    for (const stream of this.open.keys()) stream.close();
  }

  private async pump({ topics, lastEventId }: ChangeStreamRequest, stream: EventStream): Promise<void> {
    const inbox = new ChangeInbox(topics);
    if (lastEventId !== undefined) inbox.resumeFrom(lastEventId);
    const news = new EventEmitter();
    await stream.retryAfter(RECONNECT_AFTER_MS);
    const leave = this.watch.follow(topics, (fingerprint) => {
      const wasReady = inbox.isReady;
      inbox.see(fingerprint);
      if (inbox.hasNews || !wasReady) news.emit('news');
    });
    try {
      await this.tell(inbox, news, stream);
    } finally {
      leave();
    }
  }

  private async tell(inbox: ChangeInbox, news: EventEmitter, stream: EventStream): Promise<void> {
    const endsAtMs = this.clock.monotonicMs() + MAX_DURATION_MS;
    let saidAtMs = this.clock.monotonicMs();
    let saidReady = false;
    while (!stream.signal.aborted && this.clock.monotonicMs() < endsAtMs) {
      if (!saidReady && inbox.isReady) {
        await stream.event({ name: 'ready', id: inbox.mark, data: { topics: inbox.topics } });
        saidReady = true;
      }
      const changed = inbox.take();
      if (changed.length > 0) {
        await stream.event({ name: 'change', id: inbox.mark, data: { topics: changed } });
        saidAtMs = this.clock.monotonicMs();
        await sleep(MIN_GAP_MS, undefined, { signal: stream.signal }).catch(() => undefined);
      } else if (this.clock.monotonicMs() - saidAtMs >= HEARTBEAT_INTERVAL_MS) {
        await stream.comment('still here');
        saidAtMs = this.clock.monotonicMs();
      }
      if (!inbox.hasNews) await nextOf(news, stream.signal);
    }
  }
}

/** Waits for something to tell, but not longer than until the next heartbeat. Never rejects. */
async function nextOf(news: EventEmitter, signal: AbortSignal): Promise<void> {
  const enough = AbortSignal.any([signal, AbortSignal.timeout(HEARTBEAT_INTERVAL_MS)]);
  await once(news, 'news', { signal: enough }).catch(() => undefined);
}
