/**
 * A TCP proxy between one process of Takt and one of its stores, which can do to a connection what networks do.
 *
 * `blackhole` drops bytes on both ways while both ends believe to be connected. A connection that lost bytes is never
 * usable again, so it stays dead after the network healed, as a half-open one does; only its owner's deadline ends it.
 * `stall` holds bytes back and delivers all of them later; `cut` refuses and closes; `reset` closes once, rudely.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

export type ProxyMode =
  | { readonly kind: 'pass' | 'blackhole' | 'stall' | 'cut' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number };

interface Link {
  readonly near: Socket;
  readonly far: Socket;
  isLossy: boolean;
}

const PASS: ProxyMode = { kind: 'pass' };
const HOST = '127.0.0.1';

export class FaultProxy {
  private mode: ProxyMode = PASS;
  private readonly links = new Set<Link>();
  private readonly server: Server;

  private constructor(private readonly targetPort: number) {
    this.server = createServer((near) => {
      this.accept(near);
    });
  }

  /** Starts a proxy to a port of this machine, on a free port of its own. */
  static async to(targetPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort);
    await new Promise<void>((resolve, reject) => {
      proxy.server.once('error', reject);
      proxy.server.listen(0, HOST, resolve);
    });
    return proxy;
  }

  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen');
    return address.port;
  }

  set(mode: ProxyMode): void {
    this.mode = mode;
    if (mode.kind === 'cut') this.each(({ near, far }) => { near.destroy(); far.destroy(); });
    this.each(({ near, far }) => {
      for (const socket of [near, far]) {
        if (mode.kind === 'stall') socket.pause();
        else socket.resume();
      }
    });
  }

  /** Resets every connection once; new ones are served as the mode says. */
  reset(): void {
    this.each(({ near, far }) => { near.resetAndDestroy(); far.resetAndDestroy(); });
  }

  heal(): void {
    this.set(PASS);
  }

  async close(): Promise<void> {
    this.each(({ near, far }) => { near.destroy(); far.destroy(); });
    await new Promise<void>((resolve) => {
      this.server.close(() => { resolve(); });
    });
  }

  private each(act: (link: Link) => void): void {
    for (const link of [...this.links]) act(link);
  }

  private accept(near: Socket): void {
    if (this.mode.kind === 'cut') {
      near.on('error', () => undefined);
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: this.targetPort, host: HOST });
    const link: Link = { near, far, isLossy: false };
    this.links.add(link);
    for (const socket of [near, far]) socket.setNoDelay(true);
    this.join(link, near, far);
    this.join(link, far, near);
    if (this.mode.kind === 'stall') for (const socket of [near, far]) socket.pause();
  }

  private join(link: Link, from: Socket, to: Socket): void {
    from.on('data', (chunk: Buffer) => {
      this.carry(link, chunk, { from, to });
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.links.delete(link);
      // The end of a connection does not get through a hole either.
      if (this.mode.kind !== 'blackhole' && !link.isLossy) to.destroy();
    });
  }

  private carry(link: Link, chunk: Buffer, { from, to }: { from: Socket; to: Socket }): void {
    const { mode } = this;
    if (mode.kind === 'blackhole') link.isLossy = true;
    if (link.isLossy) return;
    if (mode.kind === 'delay') {
      setTimeout(() => to.write(chunk), mode.ms);
      return;
    }
    to.write(chunk);
    if (mode.kind !== 'throttle') return;
    from.pause();
    setTimeout(() => from.resume(), (chunk.length / mode.bytesPerSecond) * 1_000);
  }
}
