/** The stores that the platform cannot do without. */
export interface StoreReport {
  readonly isDatabaseConnected: boolean;
  readonly isQueueConnected: boolean;
}

/** Asks the stores themselves. */
export abstract class StoreHealth {
  /** Never rejects, and answers within 3 s. An answer may be a second old. */
  abstract check(): Promise<StoreReport>;
}
