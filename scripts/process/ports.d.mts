export function portProblem(port: number, host?: string): Promise<string | null>;
export function firstFreePort(candidates: readonly number[], host?: string): Promise<number>;
export function portRange(start: number, count?: number): number[];
export function randomPortRange(count?: number): number[];
