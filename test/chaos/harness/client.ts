/** The native API as a script uses it. Every write is logged with both times, whether it was answered or not. */
import { pause } from './pause.js';
import type { WriteRecord } from '../checker/evidence.js';

const ANSWER_LIMIT_MS = 20_000;

export interface Answer {
  /** 0: no answer. */
  readonly status: number;
  readonly body: unknown;
  readonly tookMs: number;
}

export interface WireJob {
  readonly id: string;
  readonly nextRunTime: string | null;
}

export class ApiClient {
  private token = '';

  constructor(
    readonly log: WriteRecord[],
    private readonly urls: readonly string[],
  ) {}

  async logIn(): Promise<void> {
    const { body } = await this.send(0, 'POST', '/api/auth/login', { username: 'admin', password: 'admin123' });
    const token = (body as { data?: { access_token?: string } } | null)?.data?.access_token;
    if (token === undefined) throw new Error(`No login: ${JSON.stringify(body)}`);
    this.token = token;
  }

  /** Sends a request to one of the API processes. Never throws. */
  async send(api: number, method: string, path: string, body?: unknown): Promise<Answer> {
    const startedAt = performance.now();
    const took = (): number => performance.now() - startedAt;
    try {
      const response = await fetch(`${this.urls[api % this.urls.length] ?? ''}${path}`, {
        method,
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', connection: 'close' },
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown), tookMs: took() };
    } catch {
      return { status: 0, body: null, tookMs: took() };
    }
  }

  /** A write that the log keeps. */
  async write(api: number, write: Pick<WriteRecord, 'kind' | 'jobId' | 'name'>, body?: unknown): Promise<Answer> {
    const sentAt = Date.now();
    const [method, path] = ROUTES[write.kind](write.jobId ?? '');
    const answer = await this.send(api, method, `/api/v1/scheduler/jobs${path}`, body);
    const content = answer.body as { id?: string; executionId?: string } | null;
    const jobId = write.jobId ?? content?.id ?? null;
    this.log.push({ ...write, jobId, executionId: content?.executionId ?? null, api, sentAt, answeredAt: Date.now(), status: answer.status });
    return answer;
  }

  /** Creates a job; tries until it is acknowledged. @returns its id */
  async create(body: Readonly<Record<string, unknown>>): Promise<string> {
    for (let tries = 0; tries < 20; tries += 1) {
      const answer = await this.write(tries, { kind: 'create', jobId: null, name: String(body['name']) }, body);
      if (answer.status === 201) return (answer.body as WireJob).id;
      if (answer.status >= 400 && answer.status < 500) throw new Error(`Refused: ${JSON.stringify(answer.body)}`);
      await pause(250);
    }
    throw new Error('No job could be created');
  }
}

const ROUTES: Readonly<Record<WriteRecord['kind'], (jobId: string) => readonly [string, string]>> = {
  create: () => ['POST', ''],
  rename: (jobId) => ['PUT', `/${jobId}`],
  reschedule: (jobId) => ['PUT', `/${jobId}`],
  enable: (jobId) => ['PUT', `/${jobId}/status`],
  disable: (jobId) => ['PUT', `/${jobId}/status`],
  pause: (jobId) => ['POST', `/${jobId}/pause`],
  resume: (jobId) => ['POST', `/${jobId}/resume`],
  trigger: (jobId) => ['POST', `/${jobId}/trigger`],
  delete: (jobId) => ['DELETE', `/${jobId}`],
};
