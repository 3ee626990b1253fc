import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ConvertedMember } from '../../../http/input-instance.js';
import { MAX_INTEGER, toInteger } from '../query-values.js';

/** Items on a page when the caller does not say (document 002). */
export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/** What every list takes. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_INTEGER, default: 1 })
  @IsOptional()
  @ConvertedMember(toInteger)
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  page?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: DEFAULT_PAGE_SIZE })
  @IsOptional()
  @ConvertedMember(toInteger)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  page_size?: number;
}
