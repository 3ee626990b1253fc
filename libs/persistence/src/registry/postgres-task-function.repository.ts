import type { JsonObject } from '#domain/json.js';
import type { PageRequest } from '#application/page.js';
import type { TaskFunction } from '#application/task-functions/task-function.js';
import { FIRST_USER_FUNCTION_ID } from '#application/task-functions/catalogue.js';
import { TaskFunctionRepository, type TaskFunctionFilter, type UserFunction } from '#application/task-functions/task-function.repository.js';
import type { Database, Statement } from '../database.js';
import { columns, toJsonb } from '../rows.js';

const COLUMNS = `id, name, display_name, description, handler_path, handler_type, queue, default_timeout_ms,
  argument_schema, is_active, is_system, created_at`;

const FOUND = ['name', 'display_name', 'description', 'queue'].map((column) => `position(lower($2) in lower(${column})) > 0`).join(' or ');
const MATCHES = `($1::bool is null or is_active = $1) and ($2::text is null or ${FOUND}) and ($3::int is null or id = $3)`;

const LIST: Statement = {
  name: 'task-function-list',
  text: `select ${COLUMNS} from task_function where ${MATCHES} order by id limit $4 offset $5`,
};
const COUNT: Statement = {
  name: 'task-function-count',
  text: `select count(*)::int as total from task_function where ${MATCHES}`,
};
const FIND: Statement = { name: 'task-function-find', text: `select ${COLUMNS} from task_function where id = $1` };
const FIND_BY_NAME: Statement = {
  name: 'task-function-find-by-name',
  text: `select ${COLUMNS} from task_function where name = $1`,
};
const QUEUES: Statement = {
  name: 'task-function-queues',
  text: 'select distinct queue from task_function order by queue',
};

/** Two workers that start together must not give the same id away. */
const LOCK_REGISTRATION: Statement = {
  name: 'task-function-lock-registration',
  text: "select pg_advisory_xact_lock(hashtext('takt task function registration'))",
};

const REGISTER: Statement = {
  name: 'task-function-register',
  text: `
    insert into task_function (id, name, display_name, description, handler_path, handler_type, queue, default_timeout_ms,
                               argument_schema)
    select (select greatest(coalesce(max(id), 0), $1 - 1) from task_function) + row_number() over (order by f.name),
           f.name, f.display_name, f.description, 'functions.' || f.name, 'function', f.queue, f.default_timeout_ms, f.schema
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::jsonb[])
           as f(name, display_name, description, queue, default_timeout_ms, schema)
     where not exists (select 1 from task_function known where known.name = f.name)`,
};

const REFRESH: Statement = {
  name: 'task-function-refresh',
  text: `
    update task_function t set display_name = f.display_name, description = f.description, queue = f.queue,
           default_timeout_ms = f.default_timeout_ms, argument_schema = f.schema
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::jsonb[])
           as f(name, display_name, description, queue, default_timeout_ms, schema)
     where t.name = f.name and t.id >= $1`,
};

interface TaskFunctionRow {
  id: number;
  name: string;
  display_name: string;
  description: string | null;
  handler_path: string;
  handler_type: string;
  queue: string;
  default_timeout_ms: number;
  argument_schema: JsonObject | null;
  is_active: boolean;
  is_system: boolean;
  created_at: Date;
}

export class PostgresTaskFunctionRepository extends TaskFunctionRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async list(filter: TaskFunctionFilter, page: PageRequest): Promise<{ items: TaskFunction[]; total: number }> {
    const values = [filter.isActive ?? null, filter.q ?? null, filter.id ?? null];
    const [rows, [count]] = await Promise.all([
      this.database.query<TaskFunctionRow>(LIST, [...values, page.perPage, (page.page - 1) * page.perPage]),
      this.database.query<{ total: number }>(COUNT, values),
    ]);
    return { items: rows.map(toTaskFunction), total: count?.total ?? 0 };
  }

  async find(id: number): Promise<TaskFunction | null> {
    const [row] = await this.database.query<TaskFunctionRow>(FIND, [id]);
    return row === undefined ? null : toTaskFunction(row);
  }

  async findByName(name: string): Promise<TaskFunction | null> {
    const [row] = await this.database.query<TaskFunctionRow>(FIND_BY_NAME, [name]);
    return row === undefined ? null : toTaskFunction(row);
  }

  async register(functions: readonly UserFunction[]): Promise<void> {
    if (functions.length === 0) return;
    const values = [
      FIRST_USER_FUNCTION_ID,
      ...columns(
        functions,
        (one) => one.name,
        (one) => one.displayName,
        (one) => one.description,
        (one) => one.queue,
        (one) => one.defaultTimeoutMs,
        (one) => toJsonb(one.argumentSchema),
      ),
    ];
    await this.database.transaction(async (tx) => {
      await tx.query(LOCK_REGISTRATION);
      await tx.query(REFRESH, values);
      await tx.query(REGISTER, values);
    });
  }

  async queueNames(): Promise<string[]> {
    return (await this.database.query<{ queue: string }>(QUEUES)).map((row) => row.queue);
  }
}

function toTaskFunction(row: TaskFunctionRow): TaskFunction {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    description: row.description,
    handlerPath: row.handler_path,
    handlerType: row.handler_type,
    queue: row.queue,
    defaultTimeoutMs: row.default_timeout_ms,
    argumentSchema: row.argument_schema,
    isActive: row.is_active,
    isSystem: row.is_system,
    createdAt: row.created_at,
  };
}
