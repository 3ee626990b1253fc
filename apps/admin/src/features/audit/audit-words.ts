import type { AuditEntry } from '@/api/types';

/** What the API writes, and how people say it. */
const WORDS: Readonly<Record<string, string>> = {
  'job.created': 'Created a job',
  'job.updated': 'Changed a job',
  'job.deleted': 'Deleted a job',
  'job.triggered': 'Started a job',
  'execution.cancelled': 'Cancelled an execution',
  'user.created': 'Created a user',
  'user.access_changed': 'Changed role or state of a user',
  'user.email_changed': 'Changed an e-mail address',
  'user.password_changed': 'Changed their own password',
  'user.password_reset': 'Set a new password for a user',
  'user.sessions_ended': 'Logged a user out everywhere',
  'user.logged_in': 'Logged in',
  'user.logged_out': 'Logged out',
  'user.login_failed': 'Gave a wrong password',
  'user.login_refused': 'Was kept from guessing passwords',
  'session.refresh_reused': 'Used a login twice; it was ended',
  'api_key.created': 'Made an API key',
  'api_key.revoked': 'Revoked an API key',
};

export const ACTIONS: readonly string[] = Object.keys(WORDS);
export const OBJECT_TYPES = ['job', 'execution', 'user', 'session', 'api-key'] as const;

/** An action that this release does not know is shown as it is. */
export function actionWords(action: string): string {
  return Object.hasOwn(WORDS, action) ? (WORDS[action] ?? action) : action;
}

/** Page of the thing that an entry is about; null when it has none. */
export function objectHref({ type, id, name }: AuditEntry['object']): string | null {
  if (id === null) return null;
  switch (type) {
    case 'job':
      return `/jobs/${id}`;
    case 'execution':
      return `/executions/${id}`;
    case 'user':
      return `/settings/users${name === null ? '' : `?q=${encodeURIComponent(name)}`}`;
    case 'api-key':
      return '/settings/api-keys?whose=all';
    default:
      return null;
  }
}
