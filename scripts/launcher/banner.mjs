/** What a newcomer has to know once everything runs. */
import { coloured, say, seconds } from './terminal.mjs';

const ANY_ADDRESS = new Set(['0.0.0.0', '::', '[::]']);

/** @param facts environment (validated), startedAt, database (embedded one or null), services, home, alsoOn (ports) */
export function printBanner(facts) {
  const { environment } = facts;
  const host = shownHost(environment.host);
  const base = `http://${host}:${environment.port}`;
  const { admin } = environment;
  const rows = [
    ...(admin.enabled ? [['Admin UI', `http://${shownHost(admin.host)}:${admin.port}`]] : []),
    ['API', `${base}/api/v1/scheduler`],
    ...(facts.alsoOn.length === 0 ? [] : [['', facts.alsoOn.map((port) => `http://${host}:${port}`).join('  ')]]),
    ['Docs', `${base}/docs`],
    ['Bull Board', `${base}/admin/queues`],
    ['Metrics', environment.metricsEnabled ? `${base}/metrics` : 'off'],
    ['Health', `${base}/health/ready`],
    [''],
    ...loginRows(environment),
    [''],
    ['Database', facts.database === null ? shownUrl(environment.databaseUrl) : `embedded PostgreSQL ${facts.database.version}, port ${facts.database.port}, ${facts.database.directory}`],
    ['Queues', environment.redisUrl === null ? 'in PostgreSQL' : `Redis, ${shownUrl(environment.redisUrl)}`],
    ['Data', `${facts.home.directory}   (delete it to start afresh)`],
    ['Logs', `${facts.home.directory}/logs`],
    ['Processes', facts.services.map(({ name, pid }) => `${name} ${pid}`).join(', ')],
    [''],
    ['Stop', 'Ctrl-C'],
  ];
  say();
  say(`  ${coloured('bold', 'Takt is ready')} in ${seconds(facts.startedAt)}`);
  say();
  for (const [label, value = ''] of rows) say(label === '' && value === '' ? '' : `  ${coloured('cyan', label.padEnd(12))}${value}`);
  say();
}

function shownHost(host) {
  if (ANY_ADDRESS.has(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function loginRows(environment) {
  if (!environment.localMode) return [['Login', 'admin, password from ADMIN_PASSWORD or as printed at the first start']];
  const admin = environment.adminPassword === null ? 'admin / admin123' : 'admin / as in ADMIN_PASSWORD at the first start';
  return [
    ['Logins', `${admin}    operator / op123    viewer / view123`],
    ['', 'Demo accounts for this machine only: HOST or NODE_ENV=production switches them off.'],
  ];
}

function shownUrl(text) {
  const url = new URL(text);
  return `${url.protocol}//${url.host}${url.pathname}`;
}
