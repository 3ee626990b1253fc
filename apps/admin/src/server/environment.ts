/** The one place of the UI that reads environment variables. Read at run time, never baked into a build. */
import * as z from 'zod';

const schema = z.object({
  /** Where the API answers, without a slash at the end. */
  TAKT_API_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8080'),
  /** Shown as a ribbon over every page, e.g. `staging`. */
  ENVIRONMENT_LABEL: z.string().max(40).optional(),
});

export interface AdminEnvironment {
  readonly apiUrl: string;
  readonly environmentLabel: string | null;
}

let known: AdminEnvironment | null = null;

/** @throws ZodError naming the variables that are wrong */
export function adminEnvironment(): AdminEnvironment {
  known ??= read();
  return known;
}

function read(): AdminEnvironment {
  const set = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, process.env[name]?.trim() ?? ''] as const).filter(([, value]) => value !== ''));
  const given = schema.parse(set);
  return { apiUrl: given.TAKT_API_URL.replace(/\/+$/, ''), environmentLabel: given.ENVIRONMENT_LABEL ?? null };
}
