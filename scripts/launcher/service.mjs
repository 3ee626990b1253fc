/**
 * One service process: started, watched, started again when it ends by itself, stopped.
 *
 * It runs in a process group of its own, so that Ctrl-C in the terminal reaches the launcher only, which then stops the
 * services in the right order. It says that it is ready over IPC, and drains when that channel breaks. It also holds the
 * guardian's lifeline: the database outlives a killed launcher until the last service is gone.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { NODE_FLAGS } from '../process/node-flags.mjs';
import { isAlive, signal, stopProcess } from '../process/pids.mjs';
import { Backoff } from './backoff.mjs';
import { LogFile } from './log-file.mjs';
import { seconds, serviceLine, warn } from './terminal.mjs';

const MAX_EARLY_EXITS = 3;
const KEPT_LINES = 30;

export class Service {
  /** @param {{name, entry, root, env, home, lifeline, quiet: boolean, onChange: () => void}} options */
  constructor(options) {
    this.name = options.name;
    this.entry = options.entry;
    this.pid = null;
    this.isReady = false;
    this.lastLines = [];
    /** Ports that it listens on, as it said when it became ready. */
    this.ports = [];
    this.#options = options;
    this.#log = new LogFile(options.home.log(options.name));
    this.#failed = new Promise((done) => (this.#giveUp = done));
    this.#firstReady = new Promise((done) => (this.#sayReady = done));
  }

  #options;
  #log;
  #child = null;
  #failed;
  #giveUp;
  #firstReady;
  #sayReady;
  #backoff = new Backoff();
  #isStopping = false;
  #earlyExits = 0;
  #restartTimer;

  start() {
    const { root, env, lifeline } = this.#options;
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...NODE_FLAGS, this.entry], {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', lifeline ?? 'ignore'],
    });
    this.#child = child;
    this.pid = child.pid ?? null;
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => this.#print(line));
    child.on('message', (message) => {
      if (message?.type === 'ready') this.#becameReady(startedAt, message.ports);
    });
    child.once('error', (error) => this.#print(`cannot be started: ${error.message}`));
    child.once('exit', (code, signalName) => this.#ended(child, { code, signalName }));
    this.#options.onChange();
  }

  /** Resolves to null when the service is ready, or to the reason why it will not be. */
  async ready(timeoutMs) {
    let timer;
    const late = new Promise((done) => (timer = setTimeout(() => done(`${this.name} was not ready within ${timeoutMs / 1000} s`), timeoutMs)));
    const outcome = await Promise.race([this.#firstReady, this.#failed, late]);
    clearTimeout(timer);
    return outcome;
  }

  /** SIGTERM, the time to drain, SIGKILL for the whole group. */
  async stop(drainMs) {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    if (this.pid === null || !isAlive(this.pid)) return;
    const stopped = await stopProcess(this.pid, [{ name: 'SIGTERM', graceMs: drainMs }]);
    if (!stopped) warn(`${this.name} did not stop within ${drainMs / 1000} s and is killed.`);
    signal(-this.pid, 'SIGKILL');
  }

  stopNow() {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    if (this.pid !== null) signal(-this.pid, 'SIGKILL');
  }

  #becameReady(startedAt, ports) {
    if (this.isReady) return;
    this.isReady = true;
    this.ports = Array.isArray(ports) ? ports : [];
    this.#earlyExits = 0;
    this.#sayReady(null);
    if (this.#options.isUp()) warn(`${this.name} is ready again (pid ${this.pid}, ${seconds(startedAt)}).`);
  }

  #ended(child, { code, signalName }) {
    if (child !== this.#child) return;
    this.isReady = false;
    // What the process started in its group must not outlive it.
    signal(-child.pid, 'SIGKILL');
    if (this.#isStopping) return;
    const how = signalName === null ? `exit code ${code}` : signalName;
    this.#earlyExits += 1;
    if (!this.#options.isUp() && this.#earlyExits >= MAX_EARLY_EXITS) {
      this.#giveUp(`${this.name} ended ${MAX_EARLY_EXITS} times before it was ready (${how})`);
      return;
    }
    const pauseMs = this.#backoff.nextMs();
    warn(`${this.name} (pid ${child.pid}) ended with ${how}; starting it again in ${pauseMs} ms.`);
    this.#restartTimer = setTimeout(() => this.start(), pauseMs);
  }

  #print(line) {
    this.lastLines = [...this.lastLines, line].slice(-KEPT_LINES);
    this.#log.line(line);
    if (!this.#options.quiet) serviceLine(this.name, line);
  }
}
