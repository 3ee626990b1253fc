import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Between the answers of a script's calls. */
const SEPARATOR = '\u001e';

/**
 * Runs a script of a document as it is printed, in a real shell with a real curl, against an API elsewhere and with a real
 * token. @returns the answers in order, JSON parsed, anything else as text
 */
export async function runCurlScript(url: string, token: string, script: string): Promise<unknown[]> {
  const here = script.replaceAll('http://localhost:8080', url).replaceAll('YOUR_TOKEN', token);
  const separated = `curl() { command curl --silent --show-error --max-time 20 "$@" && printf '${SEPARATOR}'; }\n${here}`;
  const { stdout } = await run('bash', ['-euc', separated], { maxBuffer: 10_000_000 });
  return stdout.split(SEPARATOR).slice(0, -1).map(parsed);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
