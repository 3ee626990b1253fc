export interface PostgresOptions {
  readonly root: string;
  readonly dataDirectory: string;
  readonly password: string;
  readonly logFile: string;
  readonly ports: readonly number[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly volatile?: boolean;
}

export interface PostgresHandle {
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<void>;
  url(database: string): string;
  stop(): Promise<void>;
}

export function startPostgres(options: PostgresOptions): Promise<PostgresHandle>;
export function makeTraversable(directory: string): void;
