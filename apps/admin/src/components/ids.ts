import { ApiError } from '@/api/client';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether the text of an address can be an id at all; of anything else the API would only say that it is none. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** Whether the API says that there is nothing with this id, and there was nothing before. */
export function isMissing({ data, error }: { readonly data: unknown; readonly error: unknown }): boolean {
  return data === undefined && error instanceof ApiError && error.status === 404;
}
