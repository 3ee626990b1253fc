import { parseAsString } from 'nuqs';
import { instantOfWall, wallOf } from '@/components/fires/wall-time';

/** Members of the URL, by the API's own names. `from` and `to` are instants with their offset. */
export const AUDIT_FILTERS = {
  actor: parseAsString,
  action: parseAsString,
  object_type: parseAsString,
  object_id: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

export type AuditFilterValues = Record<keyof typeof AUDIT_FILTERS, string | null>;

export function isFiltered(filters: AuditFilterValues): boolean {
  return Object.values(filters).some((value) => value !== null);
}

/** `2030-01-01T10:00` as a field has it, on the clocks of a zone → ISO 8601 in UTC; what is no instant → null. */
export function fromField(local: string, timeZone: string): string | null {
  return instantOfWall(local, timeZone);
}

/** The other way; '' for null and for what is no instant. */
export function toField(iso: string | null, timeZone: string): string {
  return iso === null || Number.isNaN(Date.parse(iso)) ? '' : wallOf(iso, timeZone).slice(0, 16);
}
