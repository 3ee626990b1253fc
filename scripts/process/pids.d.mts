export interface StopStep {
  readonly name: NodeJS.Signals;
  readonly graceMs: number;
}

export function isAlive(pid: number): boolean;
export function commandLine(pid: number): string;
export function signal(pid: number, name: NodeJS.Signals): boolean;
export function waitUntil<Answer>(condition: () => Answer | Promise<Answer>, timeoutMs: number): Promise<Answer>;
export function stopProcess(pid: number, steps: readonly StopStep[]): Promise<boolean>;
