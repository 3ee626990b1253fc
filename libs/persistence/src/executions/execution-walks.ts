import { SCAN_LIMIT, type ExecutionCursor, type ExecutionFilter, type ExecutionPage } from '#application/executions/execution.repository.js';
import { EXACT_COUNT_LIMIT, type PageRequest, type Total } from '#application/page.js';
import { BoundedCache } from '#domain/schedule/bounded-cache.js';
import type { Database } from '../database.js';
import type { ExecutionCounter } from './execution-counter.js';
import { EXECUTION_JOINS, SELECTED_EXECUTION, toExecution, type ExecutionRow } from './execution-row.js';
import type { LedgerScopes } from './ledger-scope.js';
import { cursorOf, isPlain, NEWEST_FIRST, Values, walkOf } from './walk.js';

/** A total that is no exact one is good for this long, milliseconds: it is most of what a page costs. */
const TOTAL_KEPT_MS = 10_000;
const TOTALS_KEPT = 200;

/** Pages of the ledger by any filter. */
export class ExecutionWalks {
  private readonly totals = new BoundedCache<string, { readonly total: Total; readonly untilMs: number }>(TOTALS_KEPT);

  constructor(
    private readonly database: Database,
    private readonly counter: ExecutionCounter,
    private readonly scopes: LedgerScopes,
  ) {}

  /** @param after wins over the page's number */
  async page(filter: ExecutionFilter, page: PageRequest, after?: ExecutionCursor): Promise<ExecutionPage> {
    const [rows, total] = await Promise.all([this.read(filter, page, after), this.count(filter)]);
    const next = rows.length === page.perPage ? cursorOf(rows.at(-1)) : await this.horizon(filter, after);
    return { items: rows.map(toExecution), total, next };
  }

  /** A page without the total. */
  async part(filter: ExecutionFilter, limit: number, after?: ExecutionCursor): Promise<Pick<ExecutionPage, 'items' | 'next'>> {
    const rows = await this.read(filter, { page: 1, perPage: limit }, after);
    return { items: rows.map(toExecution), next: rows.length === limit ? cursorOf(rows.at(-1)) : await this.horizon(filter, after) };
  }

  private async read(filter: ExecutionFilter, { page, perPage }: PageRequest, after?: ExecutionCursor): Promise<ExecutionRow[]> {
    const { source, test, values: found } = walkOf(filter, after);
    const values = new Values(found);
    const offset = after === undefined ? (page - 1) * perPage : 0;
    const slice = `limit ${values.add(perPage, 'int')} offset ${values.add(offset, 'int')}`;
    const ids =
      test === null
        ? `select id, sort_at from (${source}) s order by ${NEWEST_FIRST} ${slice}`
        : `select id, sort_at from (select * from (${source}) w order by ${NEWEST_FIRST} limit ${String(SCAN_LIMIT)}) s
            where ${test} order by ${NEWEST_FIRST} ${slice}`;
    const text = `
      select ${SELECTED_EXECUTION} from (${ids}) page join execution e on e.id = page.id ${EXECUTION_JOINS}
       order by page.sort_at desc, page.id desc`;
    return this.database.query<ExecutionRow>({ text }, values.list);
  }

  /** Where a walk that was cut short goes on; null when it came to its end. */
  private async horizon(filter: ExecutionFilter, after?: ExecutionCursor): Promise<ExecutionCursor | null> {
    const { source, sourceValues, test } = walkOf(filter, after);
    if (test === null) return null;
    const text = `
      select id, (extract(epoch from sort_at) * 1000000)::bigint as sort_micros
        from (select id, sort_at from (${source}) w order by ${NEWEST_FIRST} limit 1 offset ${String(SCAN_LIMIT - 1)}) last`;
    const [last] = await this.database.query<Pick<ExecutionRow, 'id' | 'sort_micros'>>({ text }, sourceValues);
    return cursorOf(last);
  }

  private async count(filter: ExecutionFilter): Promise<Total> {
    if (isPlain(filter)) {
      const scope = await this.scopes.of(filter);
      return scope === 'nothing' ? { count: 0, isEstimate: false } : this.counter.count(filter, scope);
    }
    const key = JSON.stringify(filter);
    const kept = this.totals.get(key);
    if (kept !== undefined && kept.untilMs > performance.now()) return kept.total;
    const { source, test, values } = walkOf(filter);
    // As many as a page looks at; one more than are counted where all of them match.
    const limit = test === null ? EXACT_COUNT_LIMIT + 1 : SCAN_LIMIT;
    const order = test === null ? '' : `order by ${NEWEST_FIRST}`;
    const text = `
      select count(*) filter (where ${test ?? 'true'})::int as count, count(*)::int as tried
        from (select * from (${source}) w ${order} limit ${String(limit)}) s`;
    const [row] = await this.database.query<{ count: number; tried: number }>({ text }, values);
    const total = { count: row?.count ?? 0, isEstimate: (row?.tried ?? 0) >= limit };
    if (total.isEstimate) this.totals.set(key, { total, untilMs: performance.now() + TOTAL_KEPT_MS });
    return total;
  }
}
