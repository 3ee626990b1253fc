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
  await requireFree({ variable: 'PORT', text: env.PORT || '8080', host });
  for (const text of (env.EXTRA_PORTS ?? '').split(',')) await requireFree({ variable: 'EXTRA_PORTS', text, host });
  if (['false', '0'].includes((env.ADMIN_ENABLED ?? '').trim())) return;
  await requireFree({ variable: 'ADMIN_PORT', text: env.ADMIN_PORT || '3000', host: env.ADMIN_HOST || host, instead: 'start without the admin UI: ADMIN_ENABLED=false npm start' });
}

async function requireFree({ variable, text: given, host, instead }) {
  const text = given.trim();
  if (!/^\d{1,5}$/.test(text)) return;
  const problem = await portProblem(Number(text), host);
  if (problem === null) return;
  throw new StartError(
    `Port ${text} on ${host} cannot be used: ${REASONS[problem] ?? problem}.\n` +
      (problem === 'EADDRINUSE' ? `Find the program with: lsof -i :${text}   (or: ss -ltnp 'sport = :${text}')\n` : '') +
      `Stop it, or choose another port: ${variable}=${Number(text) < 65_000 ? Number(text) + 10 : 8090} npm start` +
      (instead === undefined ? '' : `\nOr ${instead}`),
  );
}
