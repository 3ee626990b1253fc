import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, ValidateBy, ValidateIf } from 'class-validator';
import { PERMISSIONS, type Permission } from '#domain/permissions.js';
import { parseInstant } from '../../../http/instant.js';
import { QueryFlag, TextField } from '../input/fields.js';
import { KEY_LIFETIME_MAX_DAYS } from './key-lifetime.js';

const DAY_MS = 86_400_000;
const PERMITTED = PERMISSIONS.map((permission) => `'${permission}'`).join(', ');

/** An instant between now and the longest life of a key. */
const isExpiry = (value: unknown): boolean => {
  const lifeMs = (parseInstant(value)?.getTime() ?? 0) - Date.now();
  return lifeMs > 0 && lifeMs <= KEY_LIFETIME_MAX_DAYS * DAY_MS;
};

export class ApiKeyListQuery {
  @QueryFlag({ description: 'Those of all users, for administrators; default: the caller’s own.', example: 'false' })
  all?: boolean;
}

export class CreateApiKeyRequest {
  @TextField({ description: 'What the key is for.', minLength: 1, maxLength: 255, required: true, example: 'deployment-service' })
  name!: string;

  @ApiProperty({ enum: PERMISSIONS, isArray: true, minItems: 1, maxItems: PERMISSIONS.length, description: 'What the key may do: nothing that its creator may not.', example: ['TaskRead'] })
  @IsArray()
  @ArrayNotEmpty({ message: 'ensure this value has at least 1 items' })
  @ArrayMaxSize(PERMISSIONS.length, { message: `ensure this value has at most ${String(PERMISSIONS.length)} items` })
  @IsIn(PERMISSIONS, { each: true, message: `value is not a valid enumeration member; permitted: ${PERMITTED}` })
  permissions!: Permission[];

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, required: false, description: 'From when on it is refused: in the future, at most ten years away. Null or left out: never.', example: '2030-01-01T00:00:00Z' })
  @ValidateIf((_input, value: unknown) => value !== undefined && value !== null)
  @ValidateBy(
    { name: 'isExpiry', validator: { validate: isExpiry } },
    { message: 'must be an ISO 8601 instant in the future, at most ten years away', context: { kind: 'value_error.datetime' } },
  )
  expiresAt?: string | null;
}
