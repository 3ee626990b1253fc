import { AuditTrail, type AuditSearch, type NamedAuditRecord } from '#application/identity/audit-trail.js';
import type { AuditActor } from '#application/identity/audit-log.js';
import { isUuid } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import type { Database, Statement } from '../database.js';
import { storable } from '../rows.js';

type Member = Exclude<keyof AuditSearch, 'limit' | 'actor'> | 'actorId' | 'actorName';

/** Conditions by what is given; each stands in the text only when it is, so that the planner can choose the right index. */
const CONDITIONS: Readonly<Record<Member, (parameter: string) => string>> = {
  actorId: (parameter) => `a.actor_id = ${parameter}::text`,
  actorName: (parameter) => `a.actor_name = ${parameter}::text`,
  action: (parameter) => `a.action = ${parameter}::text`,
  objectType: (parameter) => `a.target_type = ${parameter}::text`,
  objectId: (parameter) => `a.target_id = ${parameter}::text`,
  from: (parameter) => `a.at >= ${parameter}::timestamptz`,
  to: (parameter) => `a.at < ${parameter}::timestamptz`,
  beforeId: (parameter) => `(a.at, a.id) < (select at, id from audit_log where id = ${parameter}::bigint)`,
};
const MEMBERS = Object.keys(CONDITIONS) as Member[];

/** A target's id as one that can be looked up; ids that are none find nothing. */
const TARGET = `case when a.target_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then a.target_id::uuid end`;

const NAME = `case a.target_type
    when 'job' then (select j.name from scheduled_job j where j.id = ${TARGET})
    when 'execution' then (select j.name from execution e join scheduled_job j on j.id = e.job_id where e.id = ${TARGET})
    when 'user' then (select u.username from user_account u where u.id = ${TARGET})
    when 'session' then (select u.username from session s join user_account u on u.id = s.user_id where s.id = ${TARGET})
    when 'api-key' then (select k.name from api_key k where k.id = ${TARGET})
  end`;

const LAST_KNOWN_NAME = `coalesce(a.details->>'name', a.details->'after'->>'name', a.details->'before'->>'name')`;

interface TrailRow {
  readonly id: string;
  readonly at: Date;
  readonly actor_type: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly action: string;
  readonly target_type: string | null;
  readonly target_id: string | null;
  readonly target_name: string | null;
  readonly ip: string | null;
  readonly details: JsonObject;
}

export class PostgresAuditTrail extends AuditTrail {
  private readonly known = new Map<string, Statement>();

  constructor(private readonly database: Database) {
    super();
  }

  async search(search: AuditSearch): Promise<NamedAuditRecord[]> {
    const given = valuesOf(search);
    const members = MEMBERS.filter((member) => given[member] !== undefined);
    const values = [search.limit, ...members.map((member) => given[member])];
    return (await this.database.query<TrailRow>(this.statementOf(members), values)).map(toRecord);
  }

  private statementOf(members: readonly Member[]): Statement {
    const key = members.join(' ');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const conditions = members.map((member, index) => CONDITIONS[member](`$${String(index + 2)}`));
    const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
    const statement = {
      name: `identity-audit-search-${String(this.known.size)}`,
      text: `
        select a.id, a.at, a.actor_type, a.actor_id, a.actor_name, a.action, a.target_type, a.target_id, a.ip, a.details,
               coalesce(${NAME}, ${LAST_KNOWN_NAME}) as target_name
          from (select * from audit_log a ${where} order by a.at desc, a.id desc limit $1) a
         order by a.at desc, a.id desc`,
    };
    this.known.set(key, statement);
    return statement;
  }
}

function valuesOf({ actor, limit: _, ...search }: AuditSearch): Partial<Record<Member, string | number | Date>> {
  if (actor === undefined) return search;
  return isUuid(actor) ? { ...search, actorId: actor.toLowerCase() } : { ...search, actorName: storable(actor) };
}

function toRecord(row: TrailRow): NamedAuditRecord {
  const { target_type: type, target_id: id } = row;
  return {
    id: Number(row.id),
    at: row.at,
    actor: { type: row.actor_type as AuditActor['type'], id: row.actor_id, name: row.actor_name },
    action: row.action,
    target: type === null || id === null ? null : { type, id, name: row.target_name },
    ip: row.ip,
    details: row.details,
  };
}
