import { v7 } from 'uuid';

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** UUID of a scheduled job. */
export type JobId = Branded<string, 'JobId'>;
/** UUID (v7, so it sorts by creation) of an execution. */
export type ExecutionId = Branded<string, 'ExecutionId'>;
/** UUID of one worker process, new at each start. */
export type WorkerId = Branded<string, 'WorkerId'>;
/** UUID of one scheduler instance, new at each start. */
export type InstanceId = Branded<string, 'InstanceId'>;
/** UUID of a user account. */
export type UserId = Branded<string, 'UserId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Tells whether `text` has the form of a UUID of any version, in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Makes a new time-ordered id; later ids sort after earlier ones of the same process. */
export function newId<Id extends string>(): Id {
  return v7() as Id;
}
