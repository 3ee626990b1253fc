import pg from 'pg';

/**
 * Sends one statement to a server, on a connection of its own. Free of aliases and of the test runner, because the global setup
 * of the tests needs it as well.
 *
 * @param adminUrl connection URL of an account that may create and drop databases
 */
export async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000, query_timeout: 30_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
