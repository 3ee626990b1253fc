import type { Writable } from 'node:stream';

export function startGuardian(script: string, args: readonly string[]): { lifeline: Writable; release(): void };
export const STOP_POSTGRES: string;
