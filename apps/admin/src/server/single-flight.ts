/**
 * One call per key at a time, and its result for a while after. Refresh tokens are good for one use and a second use ends
 * the session: requests that a browser sent side by side all carry the old token, and some arrive after the exchange.
 */
export class SingleFlight<Result> {
  readonly #flights = new Map<string, Promise<Result>>();

  /** @param keepMs how long a result is given to those who come late; failures are forgotten at once */
  constructor(private readonly keepMs: number) {}

  run(key: string, call: () => Promise<Result>): Promise<Result> {
    const underWay = this.#flights.get(key);
    if (underWay !== undefined) return underWay;
    const flight = call();
    this.#flights.set(key, flight);
    const forget = () => this.#flights.delete(key);
    flight.then(() => {
      setTimeout(forget, this.keepMs).unref();
    }, forget);
    return flight;
  }
}
