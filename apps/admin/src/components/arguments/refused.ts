/** What the API says of arguments that it refused. */
import { ApiError } from '@/api/client';

/**
 * Of a 422 whose violations stand at `body.taskArgs.…`, by the argument's name; '' is all of them. What is wrong inside an
 * argument is said of the argument: `headers.accept: must be string`. Several of one are put together.
 */
export function refusedArguments(error: Error | null): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const refused: Record<string, string> = {};
  for (const { loc, msg } of error.violations) {
    const [member = '', ...inside] = loc.filter((part) => part !== 'body').map(String);
    if (member !== 'taskArgs') continue;
    const [name = '', ...below] = inside;
    const said = below.length === 0 ? msg : `${inside.join('.')}: ${msg}`;
    refused[name] = refused[name] === undefined ? said : `${refused[name]}; ${said}`;
  }
  return refused;
}
