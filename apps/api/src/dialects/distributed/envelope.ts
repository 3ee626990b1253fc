/** What every answer of the dialect that is no error looks like. */
export interface Envelope<Data> {
  readonly success: true;
  readonly data: Data;
}

/** Wraps data as document 002 wants it. */
export function envelope<Data>(data: Data): Envelope<Data> {
  return { success: true, data };
}
