/** The database that the launcher runs for a product, for rows that no API makes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Product } from '../e2e/product.js';

/** Fourth line of Postgres' own `postmaster.pid`. */
const PORT_LINE = 3;

/** Runs one statement, as the superuser. */
export async function queryProduct({ home }: Product, text: string): Promise<void> {
  const port = Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[PORT_LINE]);
  const { databasePassword } = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')) as { databasePassword: string };
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'takt', password: databasePassword, database: 'takt' });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
