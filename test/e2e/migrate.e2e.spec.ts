import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../dist/apps/api/src/migrate.js', import.meta.url));
const name = `takt_migrate_${String(process.pid)}`;
const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';
const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
const server = new pg.Client({ connectionString: serverUrl });

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `npm run migrate` runs, in an environment of these variables alone. */
async function migrate(env: Record<string, string>): Promise<Ended> {
  return promisify(execFile)(process.execPath, [ENTRY], { env }).then(
    (output) => ({ code: 0, ...output }),
    (error: unknown) => error as Ended,
  );
}

beforeAll(async () => {
  await server.connect();
  await server.query(`create database ${name}`);
});
afterAll(async () => {
  await server.query(`drop database if exists ${name} with (force)`);
  await server.end();
});

describe('npm run migrate', () => {
  it('needs the database and no signing secret, and says what it did', async () => {
    expect(await migrate({ DATABASE_URL: databaseUrl })).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied CreateIdentity') as string });
    expect(await migrate({ DATABASE_URL: databaseUrl })).toMatchObject({ code: 0, stdout: expect.stringContaining('up to date') as string });
  });

  it('still names everything that is wrong', async () => {
    const ended = await migrate({ DATABASE_URL: databaseUrl, JWT_SECRET: 'too short', PORT: 'eighty' });
    expect(ended).toMatchObject({ code: 78 });
    expect(ended.stderr).toMatch(/2 problems:[^]*JWT_SECRET=[^]*at least 32 bytes/);
    expect((await migrate({})).stderr).toContain('DATABASE_URL is required');
  });
});
