import { AuditLog, type AuditActor, type AuditEntry, type AuditQuery, type AuditRecord } from '#application/identity/audit-log.js';
import type { JsonObject, JsonValue } from '#domain/json.js';
import type { Database, Statement } from '../database.js';

interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly actor_type: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly action: string;
  readonly target_type: string | null;
  readonly target_id: string | null;
  readonly ip: string | null;
  readonly details: JsonObject;
}

export class PostgresAuditLog extends AuditLog {
  constructor(private readonly database: Database) {
    super();
  }

  async record(entry: AuditEntry): Promise<void> {
    const { actor, action, target, ip, details } = entry;
    await this.database.query(RECORD, [
      actor.type,
      storable(actor.id, 100),
      storable(actor.name, 255),
      storable(action, 100),
      storable(target?.type ?? null, 50),
      storable(target?.id ?? null, 100),
      storable(ip ?? null, 64),
      JSON.stringify(storableJson(details ?? {})),
    ]);
  }

  async list(query: AuditQuery): Promise<AuditRecord[]> {
    const { target, beforeId, limit } = query;
    const rows = target
      ? await this.database.query<AuditRow>(LIST_OF_TARGET, [target.type, target.id, beforeId ?? null, limit])
      : await this.database.query<AuditRow>(LIST, [beforeId ?? null, limit]);
    return rows.map(toRecord);
  }
}

/** Text as Postgres can hold it: no NUL, no lone surrogates, cut to the column. */
function storable(text: string | null, maxLength: number): string | null {
  return text === null ? null : replaceUnstorable(text.slice(0, maxLength));
}

function storableJson(value: JsonValue): JsonValue {
  if (typeof value === 'string') return replaceUnstorable(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [replaceUnstorable(key), storableJson(member)]));
}

function replaceUnstorable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');
}

function toRecord(row: AuditRow): AuditRecord {
  return {
    id: Number(row.id),
    at: row.at,
    actor: { type: row.actor_type as AuditActor['type'], id: row.actor_id, name: row.actor_name },
    action: row.action,
    target: row.target_type !== null && row.target_id !== null ? { type: row.target_type, id: row.target_id } : null,
    ip: row.ip,
    details: row.details,
  };
}

const COLUMNS = 'id, at, actor_type, actor_id, actor_name, action, target_type, target_id, ip, details';

const RECORD: Statement = {
  name: 'identity_audit_record',
  text: `insert into audit_log (actor_type, actor_id, actor_name, action, target_type, target_id, ip, details)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

const LIST: Statement = {
  name: 'identity_audit_list',
  text: `select ${COLUMNS} from audit_log where ($1::bigint is null or id < $1) order by id desc limit $2`,
};

const LIST_OF_TARGET: Statement = {
  name: 'identity_audit_list_of_target',
  text: `select ${COLUMNS} from audit_log where target_type = $1 and target_id = $2 and ($3::bigint is null or id < $3)
         order by id desc limit $4`,
};
