/** What every answer of the dialect that is no error looks like. */
export interface Envelope<Data> {
  readonly success: true;
  readonly data: Data;
  readonly message?: string;
}

/** What answers look like that carry nothing. */
export interface EmptyEnvelope {
  readonly success: true;
  readonly message: string;
}

/** Wraps data as document 000 wants it. */
export function envelope<Data>(data: Data, message?: string): Envelope<Data> {
  return message === undefined ? { success: true, data } : { success: true, data, message };
}
