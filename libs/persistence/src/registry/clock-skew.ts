/**
 * Milliseconds by which this machine's clock is ahead of the database's: half of the round trip is taken for each way.
 * Null when the call brings no time, because its row is gone.
 */
export async function measureSkew(ask: () => Promise<Date | undefined>): Promise<number | null> {
  const askedAt = Date.now();
  const databaseNow = await ask();
  if (databaseNow === undefined) return null;
  return Math.round((askedAt + Date.now()) / 2 - databaseNow.getTime());
}
