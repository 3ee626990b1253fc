export function startGuardian(script: string, args: readonly string[]): { readonly release: () => void };
export const STOP_POSTGRES: string;
