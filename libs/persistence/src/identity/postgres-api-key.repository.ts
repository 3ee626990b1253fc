import { ApiKeyRepository, type ActiveApiKey, type ApiKey, type NewApiKey } from '#application/identity/api-key.repository.js';
import type { UserId } from '#domain/ids.js';
import type { Permission, Role } from '#domain/permissions.js';
import type { Database, Statement } from '../database.js';
import { SharedReading } from '../shared-reading.js';

interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly last_four: string;
  readonly permissions: string[];
  readonly created_by: string;
  readonly created_by_name: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

interface ActiveRow extends ApiKeyRow {
  readonly key_hash: Buffer;
  readonly creator_role: string;
  readonly stale: boolean;
}

export class PostgresApiKeyRepository extends ApiKeyRepository {
  private readonly active: SharedReading<string, ActiveRow>;

  constructor(private readonly database: Database) {
    super();
    this.active = new SharedReading(async (hashes) => {
      const rows = await database.query<ActiveRow>(ACTIVE, [hashes.map((hash) => Buffer.from(hash, 'hex'))]);
      return new Map(rows.map((row) => [row.key_hash.toString('hex'), row]));
    });
  }

  async add(key: NewApiKey): Promise<ApiKey> {
    const values = [key.id, key.name, key.prefix, key.lastFour, key.hash, key.permissions, key.createdBy, key.lifetimeMs, key.expiresAt ?? null];
    const [row] = await this.database.query<ApiKeyRow>(ADD, values);
    if (row === undefined) throw new Error(`The creator ${key.createdBy} of the API key does not exist`);
    return toApiKey(row);
  }

  async findActive(hash: Buffer): Promise<ActiveApiKey | null> {
    const row = await this.active.find(hash.toString('hex'));
    if (row === null) return null;
    if (row.stale) await this.database.query(TOUCH, [row.id]);
    return { key: toApiKey(row), hash: row.key_hash, creatorRole: row.creator_role as Role };
  }

  async list(createdBy?: UserId): Promise<ApiKey[]> {
    const rows = await this.database.query<ApiKeyRow>(LIST, [createdBy ?? null]);
    return rows.map(toApiKey);
  }

  async find(id: string): Promise<ApiKey | null> {
    const [row] = await this.database.query<ApiKeyRow>(FIND, [id]);
    return row ? toApiKey(row) : null;
  }

  async revoke(id: string): Promise<ApiKey | null> {
    const [row] = await this.database.query<ApiKeyRow>(REVOKE, [id]);
    return row ? toApiKey(row) : null;
  }
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    lastFour: row.last_four,
    permissions: row.permissions as Permission[], // written by `add` only
    createdBy: row.created_by as UserId,
    createdByName: row.created_by_name,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}

const COLUMNS = `k.id, k.name, k.prefix, k.last_four, k.permissions, k.created_by, u.username as created_by_name,
  k.created_at, k.expires_at, k.last_used_at, k.revoked_at`;

const ADD: Statement = {
  name: 'identity_api_key_add',
  text: `with k as (
           insert into api_key (id, name, prefix, last_four, key_hash, permissions, created_by, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, least(now() + $8::float8 * interval '1 millisecond', $9::timestamptz)) returning *)
         select ${COLUMNS} from k join user_account u on u.id = k.created_by`,
};

const ACTIVE: Statement = {
  name: 'identity_api_key_active',
  text: `select ${COLUMNS}, k.key_hash, u.role as creator_role,
                k.last_used_at is null or k.last_used_at < now() - interval '60 seconds' as stale
         from api_key k join user_account u on u.id = k.created_by
         where k.key_hash = any ($1::bytea[]) and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
           and u.disabled_at is null`,
};

/** Repeats the condition so that of many parallel requests one writes. */
const TOUCH: Statement = {
  name: 'identity_api_key_touch',
  text: `update api_key set last_used_at = now()
         where id = $1 and (last_used_at is null or last_used_at < now() - interval '60 seconds')`,
};

const LIST: Statement = {
  name: 'identity_api_key_list',
  text: `select ${COLUMNS} from api_key k join user_account u on u.id = k.created_by
         where $1::uuid is null or k.created_by = $1::uuid order by k.created_at desc, k.id desc`,
};

const FIND: Statement = {
  name: 'identity_api_key_find',
  text: `select ${COLUMNS} from api_key k join user_account u on u.id = k.created_by where k.id = $1`,
};

const REVOKE: Statement = {
  name: 'identity_api_key_revoke',
  text: `with k as (update api_key set revoked_at = coalesce(revoked_at, now()) where id = $1 returning *)
         select ${COLUMNS} from k join user_account u on u.id = k.created_by`,
};
