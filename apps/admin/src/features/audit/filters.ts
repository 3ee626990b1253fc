import { parseAsString } from 'nuqs';

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

/** `2030-01-01T10:00` as a field of the browser has it, in its own zone → ISO 8601 in UTC; what is no instant → null. */
export function fromField(local: string): string | null {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The other way; '' for null and for what is no instant. */
export function toField(iso: string | null): string {
  const at = new Date(iso ?? '');
  if (Number.isNaN(at.getTime())) return '';
  const part = (value: number, digits = 2) => String(value).padStart(digits, '0');
  return `${part(at.getFullYear(), 4)}-${part(at.getMonth() + 1)}-${part(at.getDate())}T${part(at.getHours())}:${part(at.getMinutes())}`;
}
