/**
 * Ctrl-C, SIGTERM and SIGHUP stop everything in order; a second Ctrl-C stops everything at once.
 * npm passes a Ctrl-C on to its child, which the terminal has told already: two within half a second are one.
 */
import { killAll } from '../process/run.mjs';
import { say, StartError, warn } from './terminal.mjs';

const SAME_PRESS_MS = 500;
const INTERRUPTED = 130;

export class Shutdown {
  #beforehand = [];
  #afterwards = [];
  #finally = [];
  #now = [];
  #firstAt = null;
  #running = null;

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => this.#asked(name));
    // Somebody who starts us with an IPC channel (a test) wants us to end with him.
    process.once('disconnect', () => this.#asked('SIGTERM'));
    process.channel?.unref();
    // A terminal that went away must not end the launcher before it has stopped the services.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  }

  get isUnderWay() {
    return this.#running !== null;
  }

  /** Runs first, in the order of registration. */
  beforehand(action) {
    this.#beforehand.push(action);
  }

  /** Runs after that, the last registered first: what was started first is stopped last. */
  afterwards(action) {
    this.#afterwards.unshift(action);
  }

  /** Runs at the very end in any case. */
  finally(action) {
    this.#finally.push(action);
  }

  /** Runs when everything has to end at once. Must not wait. */
  onNow(action) {
    this.#now.push(action);
  }

  throwIfUnderWay() {
    if (this.isUnderWay) throw new StartError('Stopped during the start.', INTERRUPTED);
  }

  /** Stops everything once and exits. */
  run(exitCode) {
    this.#running ??= this.#stop(exitCode);
    return this.#running;
  }

  #asked(name) {
    if (this.#firstAt === null) {
      this.#firstAt = performance.now();
      say(`\n${name} received, stopping: admin UI, workers, API, database. ${name === 'SIGINT' ? 'Ctrl-C again stops at once.' : ''}`);
      void this.run(0);
      return;
    }
    if (name === 'SIGHUP' || performance.now() - this.#firstAt < SAME_PRESS_MS) return;
    killAll();
    for (const action of this.#now) action();
    for (const action of this.#finally) action();
    process.exit(INTERRUPTED);
  }

  async #stop(exitCode) {
    killAll(); // an installation, a build or a migration that is still running
    for (const action of [...this.#beforehand, ...this.#afterwards]) {
      try {
        await action();
      } catch (error) {
        warn(`While stopping: ${error.message}`);
      }
    }
    for (const action of this.#finally) action();
    if (exitCode === 0) say('Everything is stopped.');
    process.exit(exitCode);
  }
}
