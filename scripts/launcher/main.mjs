/** The start from beginning to end, and the stop. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { startGuardian, STOP_POSTGRES } from '../process/guardian.mjs';
import { run } from '../process/run.mjs';
import { ensureDatabase, POSTGRES_USER } from '../stores/postgres.mjs';
import { ADMIN_ENTRY, buildAdminIfNeeded, isAdminBuilt } from './admin-build.mjs';
import { printBanner } from './banner.mjs';
import { buildIfNeeded, ENTRIES } from './build.mjs';
import { DATABASE, databaseUrl, planDatabase, runDatabase } from './database.mjs';
import { openHome } from './home.mjs';
import { installIfNeeded } from './install.mjs';
import { endLeftovers, takeLock } from './lock.mjs';
import { withoutNpmPath } from './path.mjs';
import { requireFreePorts } from './ports.mjs';
import { Service } from './service.mjs';
import { Shutdown } from './shutdown.mjs';
import { say, StartError, step } from './terminal.mjs';

const READY_TIMEOUT_MS = 60_000;
const MIGRATE_TIMEOUT_MS = 10 * 60_000;
/** Beyond the drain time: the worker breaks off what still runs for up to 10 s and says so in the database, then closes. */
const STOP_MARGIN_MS = 15_000;

const SECRETS = ['DATABASE_URL', 'REDIS_URL', 'JWT_SECRET', 'ADMIN_PASSWORD'];
/** Requests under way get 5 s. */
const ADMIN_STOP_MS = 10_000;

const HELP = `npm start -- [--quiet] [--no-build]

  --quiet      do not show the services' log lines; they are in TAKT_HOME/logs
  --no-build   use dist/ and node_modules as they are

Settings come from the environment and from .env; .env.example lists them all.`;

export async function main(argv) {
  if (argv.includes('--help')) return say(HELP);
  const shutdown = new Shutdown();
  try {
    await start({ quiet: argv.includes('--quiet'), noBuild: argv.includes('--no-build'), shutdown });
  } catch (error) {
    if (shutdown.isUnderWay) return undefined;
    process.stderr.write(`\n${error instanceof StartError ? error.message : error.stack}\n`);
    return shutdown.run(error instanceof StartError ? error.exitCode : 1);
  }
}

async function start({ quiet, noBuild, shutdown }) {
  const startedAt = performance.now();
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const env = withoutNpmPath({ ...fileVariables(root), ...process.env });
  const home = openHome(resolve(root, env.TAKT_HOME || '.takt'));
  shutdown.finally(takeLock(home));
  await endLeftovers(home);
  await requireFreePorts(env);
  if (!noBuild) {
    await installIfNeeded({ root, home });
    await buildIfNeeded({ root, home });
    if (isAdminWanted(env)) await buildAdminIfNeeded({ root, home });
  }
  requireBuild(root, env);

  const plan = env.DATABASE_URL || env.DATABASE_URL_FILE ? null : await planDatabase(home);
  await validated(root, serviceVariables({ env, home, port: plan?.port }));
  const { database, lifeline } = plan === null ? { database: null, lifeline: null } : await openDatabase({ root, home, plan, shutdown });
  const serviceEnv = serviceVariables({ env, home, port: database?.port });
  const environment = await validated(root, serviceEnv);
  shutdown.throwIfUnderWay();
  await migrate({ root, env: serviceEnv, quiet });
  shutdown.throwIfUnderWay();

  let isUp = false;
  const services = createServices({ root, home, env: serviceEnv, environment, lifeline, quiet, isUp: () => isUp });
  shutdown.beforehand(() => stopServices(services, environment));
  shutdown.onNow(() => services.forEach((service) => service.stopNow()));
  for (const service of services) service.start();
  await allReady(services);
  shutdown.throwIfUnderWay();
  isUp = true;
  const alsoOn = services.filter(({ name }) => name !== 'admin').flatMap(({ ports }) => ports).filter((port) => port !== environment.port);
  printBanner({ environment, startedAt, database, services, home, alsoOn });
}

/** `.env` beside package.json; the real environment wins. */
function fileVariables(root) {
  const file = join(root, '.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Before the variables are validated, which needs the build: what is no switch is reported there. */
function isAdminWanted(env) {
  return !['false', '0'].includes((env.ADMIN_ENABLED ?? '').trim());
}

function requireBuild(root, env) {
  if (isAdminWanted(env) && !isAdminBuilt(root)) throw new StartError('The admin UI is not built. Run npm run build:admin, start without --no-build, or set ADMIN_ENABLED=false.');
  for (const entry of ENTRIES) {
    if (!existsSync(join(root, 'dist', entry))) throw new StartError(`dist/${entry} does not exist. Run npm run build, or start without --no-build.`);
  }
}

/** @param port of the embedded database; undefined when there is none */
function serviceVariables({ env, home, port }) {
  const secrets = home.secrets();
  const generated = {
    ...(port === undefined ? {} : { DATABASE_URL: databaseUrl({ port, password: secrets.databasePassword }) }),
    ...(env.JWT_SECRET || env.JWT_SECRET_FILE ? {} : { JWT_SECRET: secrets.jwtSecret }),
  };
  return { ...env, ...generated, TAKT_HOME: home.directory };
}

/** The services' own validation, before anything is started: one list with every problem. */
async function validated(root, env) {
  const { readEnvironment, EnvironmentError } = await import(join(root, 'dist/libs/config/src/environment.js'));
  try {
    return readEnvironment(env);
  } catch (error) {
    if (error instanceof EnvironmentError) throw new StartError(`${error.message}\n\nAll variables are described in .env.example.`);
    throw error;
  }
}

/**
 * From here on a guardian stops the server if the launcher is killed, as soon as the last service is gone, too. When
 * everything has to end at once, it is left to it.
 */
async function openDatabase({ root, home, plan, shutdown }) {
  const done = step('PostgreSQL started');
  const password = home.secrets().databasePassword;
  const guardian = startGuardian(STOP_POSTGRES, [plan.directory]);
  shutdown.afterwards(() => guardian.release());
  const starting = runDatabase({ root, home, plan, password });
  shutdown.afterwards(async () => (await starting.catch(() => null))?.stop());
  const database = await starting.catch((error) => {
    throw new StartError(error.message);
  });
  const { default: pg } = await import(join(root, 'node_modules/pg/esm/index.mjs'));
  const adminUrl = databaseUrl({ port: database.port, password }).replace(/\/[^/]*$/, '/postgres');
  await ensureDatabase(pg, { adminUrl, name: DATABASE }).catch((error) => {
    if (error.code !== '28P01') throw error;
    throw new StartError(`The database in ${plan.directory} does not accept the password in ${home.directory}/secrets.json for ${POSTGRES_USER}: the two do not belong together.`);
  });
  done(`on port ${database.port}`);
  return { database, lifeline: guardian.lifeline };
}

async function migrate({ root, env, quiet }) {
  const done = step('Database migrated');
  const result = await run(process.execPath, ['--enable-source-maps', join(root, 'dist/apps/api/src/migrate.js')], { cwd: root, env, timeoutMs: MIGRATE_TIMEOUT_MS });
  if (result.code !== 0) throw new StartError(`The migration of the database failed${result.timedOut ? ' (it took too long)' : ''}:\n\n${result.output.trim()}`);
  const output = result.output.trim();
  // It may hold a generated password, which is printed once and must be seen.
  if (output !== '' && (!quiet || /password/i.test(output))) say(output);
  done();
}

function createServices({ root, environment, ...shared }) {
  const create = (name, entry, env = shared.env) => new Service({ ...shared, env, root, name, entry: join(root, entry), onChange: () => record() });
  const api = create('api', 'dist/apps/api/src/main.js');
  const workers = Array.from({ length: environment.workers }, (_, at) => {
    const env = { ...shared.env, WORKER_NAME: workerName(environment, at) };
    return create(environment.workers === 1 ? 'worker' : `worker-${at + 1}`, 'dist/apps/worker/src/main.js', env);
  });
  const admin = environment.admin.enabled ? [create('admin', ADMIN_ENTRY, adminVariables(shared.env, environment.admin))] : [];
  const services = [api, ...workers, ...admin];
  const record = () => shared.home.writeRun({ launcher: process.pid, services: services.filter(({ pid }) => pid !== null).map(({ name, pid, entry }) => ({ name, pid, entry })) });
  return services;
}

/** The UI gets no secret of the platform: it knows what its users send it. */
function adminVariables(env, { port, host, apiUrl }) {
  const isSecret = (name) => SECRETS.some((secret) => name === secret || name === `${secret}_FILE`);
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !isSecret(name)));
  return { ...rest, ADMIN_PORT: String(port), ADMIN_HOST: host, TAKT_API_URL: apiUrl };
}

/** worker-001, worker-002 …; a name that was given stands for a single worker as it is. */
function workerName({ workerName: given, workers }, at) {
  if (given !== null && workers === 1) return given;
  return `${given ?? 'worker'}-${String(at + 1).padStart(3, '0')}`;
}

async function allReady(services) {
  const problems = await Promise.all(services.map(async (service) => ({ service, problem: await service.ready(READY_TIMEOUT_MS) })));
  const failed = problems.filter(({ problem }) => problem !== null);
  if (failed.length === 0) return;
  const told = failed.map(({ service, problem }) => `${problem}. Its last lines:\n\n${service.lastLines.join('\n')}`);
  throw new StartError(told.join('\n\n'));
}

/** The UI first, which needs the others; then the workers: while they drain, the API still records and answers. */
async function stopServices([api, ...others], environment) {
  const limitMs = environment.drainTimeoutMs + STOP_MARGIN_MS;
  const workers = others.filter(({ name }) => name !== 'admin');
  await Promise.all(others.filter(({ name }) => name === 'admin').map((admin) => admin.stop(ADMIN_STOP_MS)));
  await Promise.all(workers.map((worker) => worker.stop(limitMs)));
  await api.stop(limitMs);
}
