import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PERMISSIONS, type Permission } from '#domain/permissions.js';
import { ArrayNotEmpty, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Max, MaxLength, Min, MinLength, ValidateBy } from 'class-validator';
import { parseInstant } from '../../../http/instant.js';

const LONGEST_LIFE_DAYS = 3650;
const DAY_MS = 86_400_000;

/** An instant between now and the longest life of a key. */
const isExpiry = (value: unknown): boolean => {
  const lifeMs = (parseInstant(value)?.getTime() ?? 0) - Date.now();
  return lifeMs > 0 && lifeMs <= LONGEST_LIFE_DAYS * DAY_MS;
};

export class LoginRequest {
  @ApiProperty({ example: 'admin', minLength: 1, maxLength: 255 })
  @IsString()
  @Length(1, 255)
  username!: string;

  @ApiProperty({ example: 'admin123', minLength: 1, maxLength: 1024, format: 'password' })
  @IsString()
  @Length(1, 1024)
  password!: string;
}

export class RefreshRequest {
  @ApiProperty({ description: 'The refresh token of the last login or refresh; each is good for one use.', maxLength: 4096 })
  @IsString()
  @MinLength(1)
  @MaxLength(4096)
  refresh_token!: string;
}

export class CreateApiKeyRequest {
  @ApiProperty({ example: 'deployment-service', minLength: 1, maxLength: 255 })
  @IsString()
  @Length(1, 255)
  name!: string;

  @ApiProperty({ enum: PERMISSIONS, isArray: true, minItems: 1, example: ['TaskRead', 'TaskWrite', 'WorkerRead'] })
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(PERMISSIONS, { each: true })
  permissions!: Permission[];

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: LONGEST_LIFE_DAYS, example: 365, description: 'Left out: the key never expires.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_LIFE_DAYS)
  expires_in_days?: number | null;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', nullable: true, description: 'Instead of `expires_in_days`: an instant in the future, at most ten years away. With both, the earlier one holds.' })
  @IsOptional()
  @ValidateBy({ name: 'isExpiry', validator: { validate: isExpiry } }, { message: 'must be an ISO 8601 instant in the future, at most ten years away' })
  expires_at?: string | null;
}

export class ApiKeyPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id!: string;
}
