import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { ConvertedMember } from '../../../http/input-instance.js';
import { PageQuery } from '../pages/page.dto.js';
import { toWord } from '../query-values.js';

export const WORKER_STATUS_WORDS = ['Alive', 'Down'] as const;
export type WorkerStatusWord = (typeof WORKER_STATUS_WORDS)[number];

export class WorkerListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: WORKER_STATUS_WORDS, description: 'In any case.' })
  @IsOptional()
  @ConvertedMember(toWord(WORKER_STATUS_WORDS))
  @IsIn(WORKER_STATUS_WORDS, { message: 'must be Alive or Down' })
  status?: WorkerStatusWord;
}

export class WorkerPath {
  @ApiProperty({ description: 'Id of a worker, or its name: then the newest of that name.', minLength: 1, maxLength: 255 })
  @IsString()
  @Length(1, 255)
  id!: string;
}
