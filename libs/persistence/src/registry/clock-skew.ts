/**
 * Milliseconds by which this machine's clock is certainly ahead of the database's, negative when it is behind: the database was
 * asked for its time somewhere between the question and the answer, and of all differences that this allows the smallest one counts.
 * An answer that took seconds, from a database that was away, says no more than that. Null when the call brings no time, because
 * its row is gone.
 */
export async function measureSkew(ask: () => Promise<Date | undefined>, clock: () => number = Date.now): Promise<number | null> {
  const askedAtMs = clock();
  const databaseNow = await ask();
  if (databaseNow === undefined) return null;
  const [most, least] = [clock() - databaseNow.getTime(), askedAtMs - databaseNow.getTime()];
  if (least > 0) return Math.round(least);
  return most < 0 ? Math.round(most) : 0;
}
