/** The ports that must be free, checked before anything is installed, built or started. */
import { portProblem } from '../process/ports.mjs';
import { StartError } from './terminal.mjs';

const REASONS = {
  EADDRINUSE: 'another program listens on it',
  EACCES: 'ports below 1024 need privileges',
  EADDRNOTAVAIL: 'this machine does not have that address',
};

/** @throws StartError naming the port and what can be done. Values that are no ports are left to the validation. */
export async function requireFreePorts(env) {
  const host = env.HOST || '127.0.0.1';
  const mandatory = [env.PORT || '8080', ...(env.EXTRA_PORTS ?? '').split(',')].map((text) => text.trim());
  for (const text of mandatory.filter((candidate) => /^\d{1,5}$/.test(candidate))) {
    const problem = await portProblem(Number(text), host);
    if (problem === null) continue;
    const variable = text === mandatory[0] ? 'PORT' : 'EXTRA_PORTS';
    throw new StartError(
      `Port ${text} on ${host} cannot be used: ${REASONS[problem] ?? problem}.\n` +
        (problem === 'EADDRINUSE' ? `Find the program with: lsof -i :${text}   (or: ss -ltnp 'sport = :${text}')\n` : '') +
        `Stop it, or choose another port: ${variable}=${Number(text) < 65_000 ? Number(text) + 10 : 8090} npm start`,
    );
  }
}
