import type { AuditEntry } from '@/api/types';

const COLUMNS = ['at', 'actor_type', 'actor', 'action', 'object_type', 'object_id', 'object', 'ip_address', 'details'] as const;

/** RFC 4180, with a head. Cells that a spreadsheet would take for a formula are prefixed with an apostrophe. */
export function toCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map(({ at, actor, action, object, ipAddress, details }) => [
    at,
    actor.type,
    actor.name ?? actor.id,
    action,
    object.type,
    object.id,
    object.name,
    ipAddress,
    details === null ? null : JSON.stringify(details),
  ]);
  return `${[COLUMNS, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | null): string {
  if (value === null) return '';
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
