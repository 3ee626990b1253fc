export interface FoundRedis {
  readonly binary: string;
  readonly sharedLibraries: string | null;
  readonly origin: string;
}

export function findRedisServer(options: { cacheDirectory: string; download: boolean }): Promise<FoundRedis | { readonly binary: null; readonly reason: string }>;
