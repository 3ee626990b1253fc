import { ApiProperty } from '@nestjs/swagger';
import { MAX_PAGE_SIZE } from './page.dto.js';

/** What every page of a list says beside its items. */
export abstract class PageData {
  @ApiProperty({ type: 'integer', minimum: 0 })
  total!: number;

  @ApiProperty({ type: 'integer', minimum: 1 })
  page!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE })
  page_size!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: '0 when nothing matches.' })
  total_pages!: number;
}
