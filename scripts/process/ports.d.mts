export function randomPortRange(count?: number): number[];
export function firstFreePort(candidates: readonly number[], host?: string): Promise<number>;
export function portProblem(port: number, host?: string): Promise<string | null>;
