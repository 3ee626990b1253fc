import { ApiError } from '@/api/client';

/** What a refused form says: below its fields, and above them what belongs to none. */
export interface FormErrors {
  readonly fields: Readonly<Record<string, string>>;
  readonly general: string | null;
}

/** @param fields names of the body's members that the form shows */
export function formErrors(error: Error | null, fields: readonly string[]): FormErrors {
  if (error === null) return { fields: {}, general: null };
  if (!(error instanceof ApiError) || error.violations.length === 0) return { fields: {}, general: error.message };
  const known: Record<string, string> = {};
  const rest: string[] = [];
  for (const { loc, msg } of error.violations) {
    const name = String(loc[1] ?? '');
    if (fields.includes(name)) known[name] ??= sentence(msg);
    else rest.push([name, msg].filter((part) => part !== '').join(': '));
  }
  return { fields: known, general: rest.length === 0 ? null : rest.join('; ') };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
