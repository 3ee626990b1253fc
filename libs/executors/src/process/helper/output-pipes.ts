/** The two pipes a task writes into, read without making garbage: one buffer for each, used again for every read. */
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { FifoPool, OpenFifo } from './fifo-pool.js';

const READ_BUFFER_BYTES = 64 * 1024;

/** Buffers of pipes that are closed, for the next ones: the memory of a new one costs more than reading a line into it. */
const spareBuffers: Buffer[] = [];
const MOST_SPARE_BUFFERS = 32;

export type OnOutput = (stream: 'stdout' | 'stderr', chunk: Buffer) => void;

/** What `spawn` takes for one stream of output. */
export type StdioTarget = number | 'pipe';

export class OutputPipes {
  private readonly fifos: readonly (OpenFifo | null)[];
  private readonly open = new Set<Readable>();
  private readonly ends: Promise<void>[] = [];

  constructor(
    private readonly pool: FifoPool | null,
    private readonly onOutput: OnOutput,
  ) {
    this.fifos = [pool?.take() ?? null, pool?.take() ?? null];
  }

  /** What to pass to `spawn` for stdout and stderr. */
  get targets(): [StdioTarget, StdioTarget] {
    return [this.fifos[0]?.writeFd ?? 'pipe', this.fifos[1]?.writeFd ?? 'pipe'];
  }

  /** Starts to read. Call right after `spawn`, whether it worked or not. */
  attach(child: { readonly stdout: Readable | null; readonly stderr: Readable | null }): void {
    this.attachOne('stdout', this.fifos[0] ?? null, child.stdout);
    this.attachOne('stderr', this.fifos[1] ?? null, child.stderr);
  }

  /**
   * Waits until both streams have ended, at most `limitMs`, then closes them whoever may hold the other end. Resolves
   * when all that was written until then has been handed over.
   *
   * In each turn of the loop timers come before what is to be read. After a turn that took longer than the limit, as starting
   * fifty processes on a full machine does, the timer would close what nobody had read yet: so that is read first.
   */
  async drain(limitMs: number): Promise<void> {
    const timer = setTimeout(() => {
      setImmediate(() => {
        for (const stream of this.open) stream.destroy();
      });
    }, limitMs);
    await Promise.all(this.ends);
    clearTimeout(timer);
  }

  private attachOne(name: 'stdout' | 'stderr', fifo: OpenFifo | null, stream: Readable | null): void {
    const source = fifo === null ? this.fromSocketPair(name, stream) : this.fromFifo(name, fifo);
    if (source === null) return;
    this.open.add(source);
    let ended = false;
    source.once('end', () => (ended = true));
    source.once('error', () => source.destroy());
    const closed = new Promise<void>((resolve) => source.once('close', resolve));
    this.ends.push(
      closed.then(() => {
        this.open.delete(source);
        if (fifo === null) return;
        if (ended) this.pool?.giveBack(fifo.path);
        else this.pool?.discard(fifo.path);
      }),
    );
  }

  private fromFifo(name: 'stdout' | 'stderr', fifo: OpenFifo): Readable {
    closeSync(fifo.writeFd);
    const callback = (length: number, filled: Uint8Array): boolean => {
      this.onOutput(name, filled.subarray(0, length) as Buffer);
      return true;
    };
    const buffer = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
    const onread = { buffer, callback };
    const socket = new Socket({ fd: fifo.readFd, readable: true, writable: false, onread } as ConstructorParameters<typeof Socket>[0]);
    socket.once('close', () => {
      if (spareBuffers.length < MOST_SPARE_BUFFERS) spareBuffers.push(buffer);
    });
    socket.resume();
    return socket;
  }

  private fromSocketPair(name: 'stdout' | 'stderr', stream: Readable | null): Readable | null {
    stream?.on('data', (chunk: Buffer) => {
      this.onOutput(name, chunk);
    });
    return stream;
  }
}
