import type { ExecutionCursor } from '#application/executions/execution.repository.js';
import { isUuid, type ExecutionId } from '#domain/ids.js';
import { InputError } from '../../../http/input.pipe.js';

const MICROS = /^-?\d{1,18}$/;

/** The place as one opaque word of the URL. */
export function encodeCursor({ sortMicros, id }: ExecutionCursor): string {
  return Buffer.from(`${sortMicros}.${id}`).toString('base64url');
}

/** @throws InputError for what `encodeCursor` did not write */
export function decodeCursor(text: string): ExecutionCursor {
  const [sortMicros = '', id = ''] = Buffer.from(text, 'base64url').toString('latin1').split('.');
  if (MICROS.test(sortMicros) && isUuid(id)) return { sortMicros, id: id as ExecutionId };
  throw new InputError('query', [{ path: ['cursor'], message: 'value is not a valid cursor', kind: 'value_error.cursor' }]);
}
