import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { ConvertedMember } from '../../../http/input-instance.js';
import { MAX_INTEGER, toInteger, toWord } from '../query-values.js';

export const WORKER_STATUS_WORDS = ['Alive', 'Down'] as const;
export type WorkerStatusWord = (typeof WORKER_STATUS_WORDS)[number];

export class WorkerListQuery {
  @ApiPropertyOptional({ enum: WORKER_STATUS_WORDS, description: 'In any case.' })
  @IsOptional()
  @ConvertedMember(toWord(WORKER_STATUS_WORDS))
  @IsIn(WORKER_STATUS_WORDS, { message: 'must be Alive or Down' })
  status?: WorkerStatusWord;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_INTEGER, default: 1 })
  @IsOptional()
  @ConvertedMember(toInteger)
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  page?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @IsOptional()
  @ConvertedMember(toInteger)
  @IsInt()
  @Min(1)
  @Max(100)
  page_size?: number;
}

export class WorkerPath {
  @ApiProperty({ description: 'Id of a worker, or its name: then the newest of that name.', minLength: 1, maxLength: 255 })
  @IsString()
  @Length(1, 255)
  id!: string;
}
