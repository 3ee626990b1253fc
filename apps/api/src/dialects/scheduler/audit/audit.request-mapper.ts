import type { AuditSearch } from '#application/identity/audit-trail.js';
import { parseInstant } from '../../../http/instant.js';
import { snakeMembers } from '../input/camel-members.js';
import { given } from '../input/given.js';
import type { AuditQuery } from './audit.dto.js';
import { decodeCursor } from './cursor.js';

const DEFAULT_PER_PAGE = 50;

/** @returns asks for one entry more than fits on the page, which tells whether there is a next one */
export function toAuditSearch(query: AuditQuery): AuditSearch {
  return {
    ...given({
      actor: query.actor,
      action: query.action,
      objectType: query.object_type,
      objectId: query.object_id,
      from: parseInstant(query.from) ?? undefined,
      to: parseInstant(query.to) ?? undefined,
      beforeId: decodeCursor(query.cursor) ?? undefined,
    }),
    limit: pageSizeOf(query) + 1,
  };
}

export function pageSizeOf({ per_page: perPage = DEFAULT_PER_PAGE }: AuditQuery): number {
  return perPage;
}

/** Whether the query asks for the history of one job and nothing else. */
export function isHistoryOfJob(query: Readonly<Record<string, unknown>>): boolean {
  const { object_type: type, object_id: id } = snakeMembers(query) as Record<string, unknown>;
  return type === 'job' && typeof id === 'string' && id !== '';
}
