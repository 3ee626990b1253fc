export function randomPortRange(count?: number): number[];
