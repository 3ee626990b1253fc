/** What a server-sent event carries, not checked yet; null for what is no JSON. */
export function eventData(event: MessageEvent): unknown {
  try {
    return JSON.parse(String(event.data)) as unknown;
  } catch {
    return null;
  }
}
