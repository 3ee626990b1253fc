import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PERMISSIONS, type Permission } from '#domain/permissions.js';
import { ArrayNotEmpty, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Max, MaxLength, Min, MinLength } from 'class-validator';

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

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: 3650, example: 365, description: 'Left out: the key never expires.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  expires_in_days?: number | null;
}

export class ApiKeyPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id!: string;
}
