import { ExecutionLedger, type AttemptRecord, type Claim, type LeaseState, type LogRow, type RecordedEnd } from '#application/running/execution-ledger.js';

type Method = Exclude<keyof ExecutionLedger, symbol>;

/**
 * A worker's side of the ledger that answers what the test says; a call that the test did not expect fails. What the real
 * one guarantees is proved against Postgres; this one is for what happens around its answers.
 */
export class ScriptedLedger extends ExecutionLedger {
  readonly recorded: AttemptRecord[] = [];
  readonly surrendered: Pick<Claim, 'executionId' | 'token'>[] = [];
  readonly logged: LogRow[] = [];

  constructor(private readonly answers: Partial<Pick<ExecutionLedger, Method>> = {}) {
    super();
  }

  async claim(...call: Parameters<ExecutionLedger['claim']>): Promise<Claim[]> {
    return this.expected('claim')(...call);
  }

  async renew(...call: Parameters<ExecutionLedger['renew']>): Promise<LeaseState[]> {
    return this.expected('renew')(...call);
  }

  async record(records: readonly AttemptRecord[]): Promise<RecordedEnd[]> {
    const answer = await this.answers.record?.(records);
    this.recorded.push(...records);
    return answer ?? records.map(({ claim, status }) => ({ executionId: claim.executionId, status, hasWaiting: false, hasDependents: false }));
  }

  async stillWaits(...call: Parameters<ExecutionLedger['stillWaits']>): Promise<boolean> {
    return (await this.answers.stillWaits?.(...call)) ?? false;
  }

  async surrender(claims: readonly Pick<Claim, 'executionId' | 'token'>[]): Promise<void> {
    await this.answers.surrender?.(claims);
    this.surrendered.push(...claims);
  }

  async appendLogs(rows: readonly LogRow[]): Promise<void> {
    await this.answers.appendLogs?.(rows);
    this.logged.push(...rows);
  }

  private expected<Name extends Method>(name: Name): ExecutionLedger[Name] {
    const answer = this.answers[name];
    if (answer === undefined) throw new Error(`'${name}' was not expected`);
    return answer;
  }
}
