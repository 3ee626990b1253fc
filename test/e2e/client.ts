/** The native API as a script would use it, for end-to-end tests. */
import { eventually } from './product.js';

export interface WireExecution {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly scheduledFor: string;
  readonly startedAt: string | null;
  readonly attempt: number;
  readonly result: { readonly output?: string; readonly exitCode?: number } | null;
  readonly errorMessage: string | null;
}

export interface WireAttempt {
  readonly attempt: number;
  readonly status: string;
  readonly startedAt: string;
  readonly completedAt: string;
}

export class NativeClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async logIn(url: string): Promise<NativeClient> {
    const response = await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'admin123' }),
    });
    const { data } = (await response.json()) as { data: { access_token: string } };
    return new NativeClient(url, data.access_token);
  }

  /** @throws Error with the answer when it is no 2xx */
  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.request<Answer>(method, `/api/v1/scheduler${path}`, body);
  }

  /** Names of the workers that are alive, as dialect 002 lists them. */
  async workerNames(): Promise<string[]> {
    const { data } = await this.request<{ data: { items: { name: string }[] } }>('GET', '/api/workers?status=Alive');
    return data.items.map(({ name }) => name).sort();
  }

  private async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  }

  /** Creates a shell job. @returns its id */
  async createShellJob(name: string, seconds: number, command: string, more: object = {}): Promise<string> {
    const { id } = await this.call<{ id: string }>('POST', '/jobs', {
      name,
      taskFunctionId: 7,
      jobTypeId: 1,
      scheduleConfig: { hours: 0, minutes: 0, seconds },
      taskArgs: { command },
      ...more,
    });
    return id;
  }

  /** Switches off what the platform brings along, one job of which fires every 30 s: where a test counts all that ran. */
  async switchOffAll(): Promise<void> {
    const { jobs } = await this.call<{ jobs: { id: string }[] }>('GET', '/jobs?per_page=100');
    await Promise.all(jobs.map(async ({ id }) => this.setEnabled(id, false)));
  }

  async setEnabled(jobId: string, isEnabled: boolean): Promise<void> {
    await this.call('PUT', `/jobs/${jobId}/status`, { isEnabled });
  }

  /** Runs it now, besides its schedule. */
  async trigger(jobId: string): Promise<void> {
    await this.call('POST', `/jobs/${jobId}/trigger`);
  }

  /** Newest first, at most 100. */
  async executions(jobId: string): Promise<WireExecution[]> {
    const { executions } = await this.call<{ executions: WireExecution[] }>('GET', `/jobs/${jobId}/executions?per_page=100`);
    return executions;
  }

  async attempts(executionId: string): Promise<WireAttempt[]> {
    const { attempts } = await this.call<{ attempts: WireAttempt[] }>('GET', `/executions/${executionId}`);
    return attempts;
  }

  async output(executionId: string): Promise<string> {
    const { logs } = await this.call<{ logs: { message: string }[] }>('GET', `/executions/${executionId}/logs`);
    return logs.map(({ message }) => message).join('');
  }

  /** Waits until one of the job's executions satisfies `wanted`. */
  async awaitExecution(jobId: string, what: string, wanted: (execution: WireExecution) => boolean, withinMs = 30_000): Promise<WireExecution> {
    let found: WireExecution | undefined;
    await eventually(
      what,
      async () => {
        found = (await this.executions(jobId).catch(() => [])).find(wanted);
        return found !== undefined;
      },
      withinMs,
    );
    if (found === undefined) throw new Error(what);
    return found;
  }
}

/** The occurrences of an every-`seconds` job between its first and last one that the ledger does not have. */
export function missingOccurrences(executions: readonly WireExecution[], seconds: number): string[] {
  const present = new Set(executions.map(({ scheduledFor }) => Date.parse(scheduledFor)));
  const [first, last] = [Math.min(...present), Math.max(...present)];
  const missing: string[] = [];
  for (let at = first; at <= last; at += seconds * 1_000) {
    if (!present.has(at)) missing.push(new Date(at).toISOString());
  }
  return missing;
}

/** Nominal instants that the ledger has more than once. */
export function doubledOccurrences(executions: readonly WireExecution[]): string[] {
  const times = executions.map(({ scheduledFor }) => scheduledFor);
  return times.filter((time, index) => times.indexOf(time) !== index);
}
