/** `BENCH_STATEMENTS=1`: what the database did, by statement. Counting costs a little, so that it is off for published runs. */
export const COUNTS_STATEMENTS = process.env.BENCH_STATEMENTS === '1';
export const STATEMENT_SETTINGS = COUNTS_STATEMENTS ? { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.max': '1000' } : {};

export async function printStatements(pool) {
  if (!COUNTS_STATEMENTS) return;
  await pool.query('create extension if not exists pg_stat_statements');
  const { rows } = await pool.query(
    `select calls::int, rows::int, round(total_exec_time) as ms, round(mean_exec_time::numeric, 2) as mean, round(max_exec_time::numeric) as max,
            shared_blks_dirtied::int as dirtied, (wal_bytes / 1024)::int as wal_kb, left(regexp_replace(query, '\\s+', ' ', 'g'), 70) as query
       from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
      order by total_exec_time desc limit 14`,
  );
  console.table(rows);
  await pool.query('select pg_stat_statements_reset()');
}
