/** Seconds from a text: `1.5`, `1.5s`, `2m`, `1h`, `250ms`. Null for '', undefined for what is none of these. */
export function parseSeconds(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim().toLowerCase()) ?? [];
  if (amount === undefined) return undefined;
  const factor = { ms: 0.001, s: 1, m: 60, h: 3_600 }[unit ?? 's'] ?? 1;
  return Number((Number(amount) * factor).toFixed(3));
}
