/** From the list of jobs to the editor of one and back, with the list's filters. Pure. */

/** Address of the editor that leads back. @param search of the list's address, with or without its `?` */
export function editFromList(jobId: string, search: string): string {
  const list = new URLSearchParams(search);
  list.delete('saved');
  return `/jobs/${jobId}/edit?${new URLSearchParams({ list: list.toString() }).toString()}`;
}

/**
 * Where the editor leads back to. Only the filters come from its address: it can lead nowhere but to the list.
 *
 * @param list as `editFromList` put it into the address; null when the editor was opened from elsewhere
 * @param savedId the row to mark
 * @returns null for null
 */
export function listAddress(list: string | null, savedId?: string): string | null {
  if (list === null) return null;
  const search = new URLSearchParams(list);
  if (savedId !== undefined) search.set('saved', savedId);
  const text = search.toString();
  return text === '' ? '/jobs' : `/jobs?${text}`;
}
