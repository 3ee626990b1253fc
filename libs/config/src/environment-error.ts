import { SECRET_VARIABLES } from './variables.js';

/** One variable that is wrong. */
export interface EnvironmentProblem {
  readonly name: string;
  /** The value as it may be shown: secrets masked; null when the variable is not set. */
  readonly value: string | null;
  /** What is wrong or what is expected. */
  readonly message: string;
}

/** The environment cannot be used. Its message lists every problem, one a line, and is made to be printed as it is. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly EnvironmentProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
    super([`Invalid configuration, ${count}:`, ...problems.map((problem) => `  - ${line(problem)}`)].join('\n'));
    this.name = 'EnvironmentError';
  }
}

/** The value of a variable as it may be shown to whoever reads the logs. */
export function shownValue(name: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  const secret = SECRET_VARIABLES.some((secretName) => secretName === name);
  return secret ? `******** (${String(value.length)} characters)` : JSON.stringify(value);
}

function line({ name, value, message }: EnvironmentProblem): string {
  return value === null ? `${name} ${message}` : `${name}=${value}: ${message}`;
}
