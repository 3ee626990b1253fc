/** Where the login leads: a page of ours, never another site. */
export function nextPage(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith('/') || /^\/[/\\]|[\\\s]/.test(wanted) || wanted.startsWith('/login')) return '/';
  return wanted;
}
