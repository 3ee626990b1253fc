export interface PostgresHandle {
  readonly port: number;
  readonly pid: number;
  readonly version: string;
  url(database: string): string;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

export const VOLATILE_SETTINGS: Readonly<Record<string, string>>;
export function startPostgres(options: {
  root: string;
  dataDirectory: string;
  password: string;
  logFile: string;
  ports: readonly number[];
  settings?: Readonly<Record<string, string>>;
  volatile?: boolean;
}): Promise<PostgresHandle>;
export function makeTraversable(directory: string): void;
