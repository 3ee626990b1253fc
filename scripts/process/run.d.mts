export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly logFile?: string;
  readonly echo?: boolean;
}

export function run(command: string, args: readonly string[], options: RunOptions): Promise<{ code: number; timedOut: boolean; output: string }>;
export function killAll(): void;
