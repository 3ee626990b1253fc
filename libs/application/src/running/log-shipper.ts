/**
 * Carries what tasks print to the ledger. Chunks of one attempt are numbered when they are written, gathered for
 * `FLUSH_INTERVAL_MS` and stored by the hundred, whichever attempt they belong to. While the store is away chunks wait in
 * memory up to `MAX_BUFFERED_BYTES` for the whole process; beyond that they are dropped and a mark says how many.
 */
import type { Clock } from '#domain/clock.js';
import type { OutputChunk } from './executor.js';
import { LogSink } from './executor.js';
import type { Claim, ExecutionLedger, LogRow } from './execution-ledger.js';

const FLUSH_INTERVAL_MS = 100;
const RETRY_INTERVAL_MS = 1_000;
const ROWS_PER_STATEMENT = 200;
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** A row whose age is still growing. */
type WaitingRow = Omit<LogRow, 'ageMs'> & { readonly writtenAtMs: number };

export class LogShipper {
  private rows: WaitingRow[] = [];
  private bufferedBytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private shipping: Promise<void> = Promise.resolve();

  constructor(
    private readonly ledger: ExecutionLedger,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The sink of one attempt. */
  sinkFor(claim: Claim): AttemptLog {
    return new AttemptLog(claim, (row) => this.accept({ ...row, writtenAtMs: this.clock.monotonicMs() }));
  }

  /** Stores what was written so far. Resolves also when the store refused: output never holds up a result. */
  async flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.shipping = this.shipping.then(async () => this.ship());
    await this.shipping;
  }

  /** @returns false when the buffer is full */
  private accept(row: WaitingRow): boolean {
    if (this.bufferedBytes + row.message.length > MAX_BUFFERED_BYTES) return false;
    this.rows.push(row);
    this.bufferedBytes += row.message.length;
    this.later(FLUSH_INTERVAL_MS);
    return true;
  }

  private later(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, ms);
  }

  private async ship(): Promise<void> {
    while (this.rows.length > 0) {
      const batch = this.rows.slice(0, ROWS_PER_STATEMENT);
      try {
        const nowMs = this.clock.monotonicMs();
        await this.ledger.appendLogs(batch.map(({ writtenAtMs, ...row }) => ({ ...row, ageMs: nowMs - writtenAtMs })));
      } catch (error) {
        this.onError(error);
        this.later(RETRY_INTERVAL_MS);
        return;
      }
      this.rows.splice(0, batch.length);
      this.bufferedBytes -= batch.reduce((bytes, row) => bytes + row.message.length, 0);
    }
  }
}

/** The output of one attempt. */
export class AttemptLog extends LogSink {
  private seq: number;
  private dropped = 0;

  constructor(
    private readonly claim: Claim,
    private readonly accept: (row: Omit<LogRow, 'ageMs'>) => boolean,
  ) {
    super();
    this.seq = claim.lastLogSeq;
  }

  /** Something was written: before the attempt's end is recorded it should be stored. */
  get hasOutput(): boolean {
    return this.seq > this.claim.lastLogSeq;
  }

  write(chunk: OutputChunk): void {
    if (chunk.text === '') return;
    if (this.dropped > 0) this.mark();
    if (!this.put(chunk)) this.dropped += 1;
  }

  private mark(): void {
    const text = `[${String(this.dropped)} chunks of output were dropped: the store was away]`;
    if (this.put({ stream: 'system', text })) this.dropped = 0;
  }

  private put(chunk: OutputChunk): boolean {
    const isAccepted = this.accept({
      executionId: this.claim.executionId,
      token: this.claim.token,
      attempt: this.claim.attempt,
      seq: this.seq + 1,
      stream: chunk.stream,
      message: chunk.text,
    });
    if (isAccepted) this.seq += 1;
    return isAccepted;
  }
}
