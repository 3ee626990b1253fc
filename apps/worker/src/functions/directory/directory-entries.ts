/** A user as the directory says. */
export interface DirectoryEntry {
  /** Lower case. */
  readonly username: string;
  /** Null: the directory says nothing of it. */
  readonly email: string | null;
}

export interface DirectoryEntries {
  readonly entries: readonly DirectoryEntry[];
  /** What is wrong with entries that were left out, `entry <index>: <problem>`. */
  readonly problems: readonly string[];
  /** Entries that ask for a role, which a directory cannot give. */
  readonly withRole: number;
}

/** As accounts are named anywhere else on the platform. */
const USERNAME = /^[a-z0-9][a-z0-9._@-]{0,99}$/;
const EMAIL = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u;
const EMAIL_MAX_LENGTH = 255;

/**
 * Reads the users out of a directory export. A bad entry does not keep the others out; of two with one name the first counts.
 *
 * @returns null when `value` is not an array
 */
export function directoryEntries(value: unknown): DirectoryEntries | null {
  if (!Array.isArray(value)) return null;
  const byName = new Map<string, DirectoryEntry>();
  const problems: string[] = [];
  let withRole = 0;
  for (const [index, item] of (value as unknown[]).entries()) {
    const entry = readEntry(item);
    if (typeof entry === 'string') problems.push(`entry ${index}: ${entry}`);
    else if (byName.has(entry.username)) problems.push(`entry ${index}: "${entry.username}" came before`);
    else {
      byName.set(entry.username, entry);
      if (hasRole(item)) withRole += 1;
    }
  }
  return { entries: [...byName.values()], problems, withRole };
}

/** @returns the entry, or what is wrong with it; values are not repeated, the file may hold anything */
function readEntry(item: unknown): DirectoryEntry | string {
  if (typeof item !== 'object' || item === null) return 'is not an object';
  const { username, email } = item as Readonly<Record<string, unknown>>;
  if (typeof username !== 'string' || !USERNAME.test(username.toLowerCase())) {
    return 'username must be letters, digits and . _ @ -, at most 100';
  }
  if (email === undefined || email === null) return { username: username.toLowerCase(), email: null };
  if (typeof email !== 'string' || email.length > EMAIL_MAX_LENGTH || !EMAIL.test(email)) return 'email is no address';
  return { username: username.toLowerCase(), email };
}

function hasRole(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'role' in item;
}
