import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

const FORM = /^a([1-9]\d{0,14})$/;

/** Where the next page begins, as text whose form is nobody's business. */
export function encodeCursor(id: number): string {
  return Buffer.from(`a${String(id)}`).toString('base64url');
}

/** The id in a cursor; null when it is none of ours. */
export function decodeCursor(cursor: unknown): number | null {
  if (typeof cursor !== 'string') return null;
  const id = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  return id !== undefined && encodeCursor(Number(id)) === cursor ? Number(id) : null;
}

/** A `nextCursor` of an earlier answer. */
export function CursorField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'string', required: false, description: '`nextCursor` of the page before.', example: encodeCursor(1234) }),
    ValidateIf((_input, value: unknown) => value !== undefined),
    ValidateBy(
      { name: 'isCursor', validator: { validate: (value) => decodeCursor(value) !== null } },
      { message: 'value is not a cursor of an earlier page', context: { kind: 'value_error.cursor' } },
    ),
  );
}
