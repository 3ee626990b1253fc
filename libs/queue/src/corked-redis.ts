import { Redis } from 'ioredis';

type Send = Parameters<Redis['sendCommand']>;

/**
 * A connection that writes all commands of one turn of the event loop at once. A group commit ends a hundred attempts in one
 * turn, and each then tells the queue: that is one system call instead of a hundred. Nothing waits for a timer; what a turn
 * sends leaves at its end, before the loop looks at anything else.
 */
export class CorkedRedis extends Redis {
  private isCorked = false;

  override sendCommand(...[command, stream]: Send): unknown {
    this.cork();
    return super.sendCommand(command, stream);
  }

  private cork(): void {
    // Not there before the first attempt to connect, whatever its type says.
    const socket = this.stream as Redis['stream'] | undefined;
    if (this.isCorked || socket === undefined) return;
    this.isCorked = true;
    socket.cork();
    // Runs after the promises that are resolved by now and all that follow from them.
    process.nextTick(() => {
      this.isCorked = false;
      socket.uncork();
    });
  }
}
