/** Secrets that come from files, as container platforms mount them: `JWT_SECRET_FILE=/run/secrets/jwt`. */
import { readFileSync } from 'node:fs';
import type { EnvironmentProblem } from './environment-error.js';
import { SECRET_VARIABLES } from './variables.js';

/** Returns the text of a file. @throws Error when it cannot be read */
export type ReadTextFile = (path: string) => string;

interface SecretFiles {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly EnvironmentProblem[];
}

/** Reads the file of every `<NAME>_FILE` variable that is set. One line break at the end does not belong to the secret. */
export function readSecretFiles(
  env: Readonly<Record<string, string | undefined>>,
  readTextFile: ReadTextFile = (path) => readFileSync(path, 'utf8'),
): SecretFiles {
  const values: Record<string, string> = {};
  const problems: EnvironmentProblem[] = [];
  for (const name of SECRET_VARIABLES) {
    const path = env[`${name}_FILE`]?.trim();
    if (path === undefined || path === '') continue;
    const result = readSecret(path, readTextFile);
    if ((env[name] ?? '') !== '') problems.push(problem(name, path, `is set together with ${name}; expected only one of them`));
    else if (typeof result === 'string') values[name] = result;
    else problems.push(problem(name, path, result.message));
  }
  return { values, problems };
}

function readSecret(path: string, readTextFile: ReadTextFile): string | { message: string } {
  try {
    const text = readTextFile(path).replace(/\r?\n$/, '');
    return text === '' ? { message: 'the file is empty; expected the secret in it' } : text;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { message: `cannot be read: ${reason}; expected a readable file with the secret in it` };
  }
}

function problem(name: string, path: string, message: string): EnvironmentProblem {
  return { name: `${name}_FILE`, value: JSON.stringify(path), message };
}
