import type { NamedAuditRecord } from '#application/identity/audit-trail.js';
import { instant } from '../wire.js';
import type { AuditEntryResponse, AuditPageResponse } from './audit.responses.js';
import { encodeCursor } from './cursor.js';

const NOTHING = { type: null, id: null, name: null } as const;

/** @param found one entry more than `pageSize`, if there is one */
export function presentAuditPage(found: readonly NamedAuditRecord[], pageSize: number): AuditPageResponse {
  const entries = found.slice(0, pageSize);
  const last = found.length > pageSize ? entries.at(-1) : undefined;
  return { entries: entries.map(presentEntry), nextCursor: last === undefined ? null : encodeCursor(last.id) };
}

function presentEntry(record: NamedAuditRecord): AuditEntryResponse {
  return {
    id: record.id,
    at: instant(record.at),
    actor: { ...record.actor },
    action: record.action,
    object: record.target ?? NOTHING,
    ipAddress: record.ip,
    details: Object.keys(record.details).length === 0 ? null : record.details,
  };
}
