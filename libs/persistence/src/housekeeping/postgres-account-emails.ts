import { AccountEmails } from '#application/housekeeping/account-emails.js';
import type { UserId } from '#domain/ids.js';
import type { Database, Statement } from '../database.js';

/** The role is part of the condition: an account that becomes an administrator's meanwhile is left alone as well. */
const UPDATE: Statement = {
  name: 'housekeeping-account-email',
  text: `
    update user_account set email = $2, updated_at = now()
     where id = $1 and role <> 'Admin' and email is distinct from $2
    returning id`,
};

export class PostgresAccountEmails extends AccountEmails {
  constructor(private readonly database: Database) {
    super();
  }

  async update(id: UserId, email: string): Promise<boolean> {
    const changed = await this.database.query(UPDATE, [id, email]);
    return changed.length === 1;
  }
}
