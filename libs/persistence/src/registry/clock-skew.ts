/**
 * Milliseconds by which this machine's clock is ahead of the database's: half of the round trip is taken for each way. A
 * call that brings no time, because its row is gone, counts as no skew.
 */
export async function measureSkew(ask: () => Promise<Date | undefined>): Promise<number> {
  const askedAt = Date.now();
  const databaseNow = await ask();
  if (databaseNow === undefined) return 0;
  return Math.round((askedAt + Date.now()) / 2 - databaseNow.getTime());
}
