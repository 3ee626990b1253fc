import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EnvironmentError, readEnvironment, readMigrationEnvironment, type Environment, type RawEnvironment } from './environment.js';

const SECRET = 'q8Zr2vN5xK1mTb7LwYc4HsGd9EuJf3Pa';
const REQUIRED = { DATABASE_URL: 'postgresql://takt:s3cret@db:5432/takt', JWT_SECRET: SECRET };

function environment(extra: RawEnvironment = {}): Environment {
  return readEnvironment({ ...REQUIRED, ...extra });
}

function problemsOf(env: RawEnvironment): Record<string, string> {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return Object.fromEntries(error.problems.map(({ name, value, message }) => [name, `${value ?? 'unset'}: ${message}`]));
    }
    throw error;
  }
  return {};
}

describe('defaults', () => {
  it('are those of a laptop when only the required variables are given', () => {
    expect(environment()).toEqual({
      nodeEnv: 'development',
      localMode: true,
      host: '127.0.0.1',
      port: 8080,
      extraPorts: { ports: [8000], required: false },
      trustProxy: false,
      home: resolve('.takt'),
      databaseUrl: REQUIRED.DATABASE_URL,
      databasePoolSize: 20,
      redisUrl: null,
      schedulerEnabled: true,
      workers: 1,
      workerName: null,
      workerQueues: [],
      taskRetry: { delayMs: 5_000, factor: 2, maxDelayMs: 600_000, jitter: 0.1 },
      workerMetricsPort: null,
      admin: { enabled: true, port: 3000, host: '127.0.0.1', apiUrl: 'http://127.0.0.1:8080' },
      workerConcurrency: { total: 100, perQueue: 100, queues: {} },
      drainTimeoutMs: 30_000,
      fileRoots: [tmpdir(), process.cwd()],
      httpEgress: 'allow-all',
      httpEgressAllow: [],
      taskUser: 'worker',
      taskLimits: {},
      taskMinIsolation: 'group',
      jwtSecret: SECRET,
      adminPassword: null,
      rateLimitEnabled: true,
      timer4taskerAnonymous: true,
      retentionDays: 30,
      environmentLabel: null,
      metricsEnabled: true,
      logLevel: 'info',
      logFormat: 'pretty',
    });
  });

  it.each([
    ['production on loopback', { NODE_ENV: 'production' }],
    ['a host that others reach', { HOST: '0.0.0.0' }],
  ])('are strict with %s', (_, extra) => {
    expect(environment(extra)).toMatchObject({
      localMode: false,
      extraPorts: { ports: [], required: false },
      fileRoots: [],
      httpEgress: 'deny-private',
      taskUser: 'auto',
      timer4taskerAnonymous: false,
      logFormat: 'json',
    });
  });

  it('let the admin UI find an API that listens elsewhere', () => {
    const apiUrl = (variables: Record<string, string>): string => environment(variables).admin.apiUrl;
    expect(apiUrl({ HOST: '::1', PORT: '9000' })).toBe('http://[::1]:9000');
    expect(apiUrl({ TAKT_API_URL: 'https://api.example' })).toBe('https://api.example');
    expect(environment({ HOST: '10.1.2.3', ADMIN_HOST: '127.0.0.1' }).admin).toMatchObject({ host: '127.0.0.1', apiUrl: 'http://10.1.2.3:8080' });
  });

  it('count an empty variable as not set, but an empty EXTRA_PORTS as none', () => {
    const read = environment({ PORT: '', REDIS_URL: ' ', WORKER_QUEUES: '', EXTRA_PORTS: '' });
    expect(read).toMatchObject({ port: 8080, redisUrl: null, workerQueues: [], extraPorts: { ports: [], required: true } });
  });

  it('do not offer a port twice', () => {
    expect(environment({ PORT: '8000' }).extraPorts.ports).toEqual([]);
  });
});

describe('values', () => {
  it('are parsed into the types that the code uses', () => {
    const read = environment({
      HOST: '::1',
      PORT: '9000',
      EXTRA_PORTS: '9001, 9002',
      TRUST_PROXY: '10.0.0.0/8, loopback',
      REDIS_URL: 'rediss://cache:6380/1',
      SCHEDULER_ENABLED: '0',
      WORKER_QUEUES: 'ad_queue, celery',
      WORKER_CONCURRENCY: '20,ad_queue=5',
      FILE_ROOTS: '/srv/files:/data',
      HTTP_EGRESS_ALLOW: '10.1.0.0/16, fd00:1::/32,192.168.7.7',
      TASK_USER: '998:997',
      TASK_LIMITS: 'processes=512, file_mib=2',
      TASK_MIN_ISOLATION: 'cgroup',
      RETENTION_DAYS: '0',
      RATE_LIMIT_ENABLED: 'false',
      ENVIRONMENT_LABEL: ' staging ',
      WORKER_NAME: 'night-shift_2.a',
      TASK_RETRY_DELAY_MS: '1000',
      TASK_RETRY_FACTOR: '1.5',
      TASK_RETRY_MAX_DELAY_MS: '60000',
      TASK_RETRY_JITTER: '0',
    });
    expect(read).toMatchObject({
      environmentLabel: 'staging',
      localMode: true,
      port: 9000,
      extraPorts: { ports: [9001, 9002], required: true },
      trustProxy: ['10.0.0.0/8', 'loopback'],
      redisUrl: 'rediss://cache:6380/1',
      schedulerEnabled: false,
      workerQueues: ['ad_queue', 'celery'],
      workerConcurrency: { total: 20, perQueue: 20, queues: { ad_queue: 5 } },
      fileRoots: ['/srv/files', '/data'],
      httpEgressAllow: ['10.1.0.0/16', 'fd00:1::/32', '192.168.7.7'],
      taskUser: '998:997',
      taskLimits: { processes: 512, fileSizeBytes: 2_097_152 },
      taskMinIsolation: 'cgroup',
      retentionDays: null,
      rateLimitEnabled: false,
      workerName: 'night-shift_2.a',
      taskRetry: { delayMs: 1_000, factor: 1.5, maxDelayMs: 60_000, jitter: 0 },
    });
  });

  it('cannot be changed afterwards', () => {
    const read = environment();
    expect(() => Object.assign(read, { port: 1 })).toThrow(TypeError);
    expect(() => (read.fileRoots as string[]).push('/')).toThrow(TypeError);
    expect(() => (read.extraPorts.ports as number[]).push(1)).toThrow(TypeError);
  });

  it.each([['1', 1], ['true', true], ['false', false], ['12', 12]])('take TRUST_PROXY=%s', (text, expected) => {
    expect(environment({ TRUST_PROXY: text }).trustProxy).toBe(expected);
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PORT', '8e3'],
    ['EXTRA_PORTS', '80,80'],
    ['EXTRA_PORTS', '80;81'],
    ['HOST', 'http://localhost'],
    ['HOST', 'local host'],
    ['NODE_ENV', 'prod'],
    ['SCHEDULER_ENABLED', 'yes'],
    ['SCHEDULER_ENABLED', 'True'],
    ['WORKER_QUEUES', 'a queue'],
    ['WORKER_CONCURRENCY', 'many'],
    ['DATABASE_POOL_SIZE', '1'],
    ['DATABASE_URL', 'mysql://db/takt'],
    ['DATABASE_URL', 'db:5432'],
    ['REDIS_URL', 'redis://'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'everybody'],
    ['ENVIRONMENT_LABEL', 'x'.repeat(41)],
    ['LOG_LEVEL', 'verbose'],
    ['RETENTION_DAYS', '-1'],
    ['JWT_SECRET', 'x'.repeat(31)],
    ['WORKER_NAME', 'a name'],
    ['WORKER_NAME', 'x'.repeat(101)],
    ['TASK_RETRY_DELAY_MS', '-1'],
    ['TASK_RETRY_FACTOR', '0.5'],
    ['TASK_RETRY_FACTOR', '2,5'],
    ['TASK_RETRY_JITTER', '1.1'],
    ['TASK_RETRY_JITTER', '10%'],
  ])('refuse %s=%s and say what is expected', (name, value) => {
    const problems = problemsOf({ ...REQUIRED, [name]: value });
    expect(Object.keys(problems)).toEqual([name]);
    expect(problems[name]).toContain('expected ');
  });
});

describe('a wrong environment', () => {
  it('is reported with all its problems at once, secrets masked', () => {
    const message = errorMessage({ PORT: 'eighty', RATE_LIMIT_ENABLED: 'on', JWT_SECRET: 'topsecret-but-short', NODE_ENV: 'live' });
    expect(message).toContain('Invalid configuration, 5 problems:');
    expect(message).toContain('- PORT="eighty": expected a whole number from 1 to 65535');
    expect(message).toContain('- RATE_LIMIT_ENABLED="on": expected true, false, 1 or 0');
    expect(message).toContain('- NODE_ENV="live": expected one of development, production, test');
    expect(message).toContain('- DATABASE_URL is required: a URL such as');
    expect(message).toContain('- JWT_SECRET=******** (19 characters): expected at least 32 bytes');
    expect(message).not.toContain('topsecret');
  });

  it('names weak secrets beside the other problems', () => {
    const problems = problemsOf({ NODE_ENV: 'production', ADMIN_PASSWORD: 'admin123', PORT: 'x' });
    expect(Object.keys(problems).sort()).toEqual(['ADMIN_PASSWORD', 'DATABASE_URL', 'JWT_SECRET', 'PORT']);
  });
});

describe('secrets', () => {
  const weakSecret = 'your-super-secret-jwt-key-change-me-in-production';

  it('may be samples in local mode only', () => {
    const samples = { ADMIN_PASSWORD: 'admin123', JWT_SECRET: weakSecret };
    expect(environment(samples).adminPassword).toBe('admin123');
    for (const exposed of [{ NODE_ENV: 'production' }, { HOST: '0.0.0.0' }]) {
      expect(Object.keys(problemsOf({ ...REQUIRED, ...samples, ...exposed }))).toEqual(['JWT_SECRET', 'ADMIN_PASSWORD']);
    }
  });

  it.each(['admin123', 'admin', 'password', 'Password', 'change-me', 'CHANGEME', 'letmein', 'short1!', 'aaaaaaaaaa'])(
    'refuse the password %s in production',
    (password) => {
      expect(Object.keys(problemsOf({ ...REQUIRED, NODE_ENV: 'production', ADMIN_PASSWORD: password }))).toEqual(['ADMIN_PASSWORD']);
    },
  );

  it.each([
    weakSecret,
    'x'.repeat(64),
    '0123456789abcdef0123456789abcdef',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    'changeme-changeme-changeme-changeme-1',
  ])('refuse the signing secret %s in production', (secret) => {
    expect(Object.keys(problemsOf({ ...REQUIRED, NODE_ENV: 'production', JWT_SECRET: secret }))).toEqual(['JWT_SECRET']);
  });

  it('take good values in production', () => {
    const read = environment({ NODE_ENV: 'production', ADMIN_PASSWORD: 'Vq7-oak-barrel-19' });
    expect(read).toMatchObject({ localMode: false, adminPassword: 'Vq7-oak-barrel-19', jwtSecret: SECRET });
  });
});

describe('secret files', () => {
  const directory = mkdtempSync(join(tmpdir(), 'takt-secrets-'));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };

  it('supply every secret, without the line break at their end', () => {
    const read = readEnvironment({
      DATABASE_URL_FILE: file('database', `${REQUIRED.DATABASE_URL}\n`),
      JWT_SECRET_FILE: file('jwt', `${SECRET}\r\n`),
      REDIS_URL_FILE: file('redis', 'redis://cache:6379'),
      ADMIN_PASSWORD_FILE: file('admin', 'a b c d e f\n'),
    });
    expect(read).toMatchObject({ databaseUrl: REQUIRED.DATABASE_URL, jwtSecret: SECRET, redisUrl: 'redis://cache:6379' });
    expect(read.adminPassword).toBe('a b c d e f');
  });

  it('are reported when missing, empty or doubled', () => {
    const problems = problemsOf({
      ...REQUIRED,
      JWT_SECRET_FILE: file('again', SECRET),
      REDIS_URL_FILE: join(directory, 'nowhere'),
      ADMIN_PASSWORD_FILE: file('empty', '\n'),
    });
    expect(problems['JWT_SECRET_FILE']).toContain('together with JWT_SECRET');
    expect(problems['REDIS_URL_FILE']).toContain('ENOENT');
    expect(problems['ADMIN_PASSWORD_FILE']).toContain('is empty');
  });

  it('are reported once when they were to supply a required variable', () => {
    const problems = problemsOf({ DATABASE_URL: REQUIRED.DATABASE_URL, JWT_SECRET_FILE: '/nowhere' });
    expect(Object.keys(problems)).toEqual(['JWT_SECRET_FILE']);
  });
});

describe('the environment of the migration', () => {
  const { DATABASE_URL } = REQUIRED;

  it('is that of the services without the signing secret', () => {
    const { jwtSecret: _, ...expected } = environment();
    expect(readMigrationEnvironment({ DATABASE_URL })).toEqual(expected);
    expect(readMigrationEnvironment({ ...REQUIRED, NODE_ENV: 'production' })).not.toHaveProperty('jwtSecret');
  });

  it.each([
    [{}, 'DATABASE_URL'],
    [{ DATABASE_URL, PORT: 'x' }, 'PORT'],
    [{ DATABASE_URL, JWT_SECRET: 'too short' }, 'JWT_SECRET'],
    [{ DATABASE_URL, NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(64) }, 'JWT_SECRET'],
    [{ DATABASE_URL, NODE_ENV: 'production', ADMIN_PASSWORD: 'admin123' }, 'ADMIN_PASSWORD'],
    [{ DATABASE_URL, JWT_SECRET_FILE: '/nowhere' }, 'JWT_SECRET_FILE'],
  ])('is validated as theirs: %o', (env, name) => {
    expect(() => readMigrationEnvironment(env)).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ name })] }) as Error);
  });
});

function errorMessage(env: RawEnvironment): string {
  try {
    readEnvironment(env);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
