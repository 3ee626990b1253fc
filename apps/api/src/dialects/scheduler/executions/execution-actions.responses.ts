import { ApiProperty } from '@nestjs/swagger';

export class BulkExecutionFailureResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'Execution 01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10 has finished already' })
  detail!: string;
}

export class BulkExecutionsResponse {
  @ApiProperty({ type: 'integer', description: 'Executions that exist.', example: 12 })
  matched!: number;

  @ApiProperty({ type: 'integer', description: 'Those that were cancelled, or asked to stop, or run again.', example: 11 })
  changed!: number;

  @ApiProperty({ type: [BulkExecutionFailureResponse] })
  failed!: BulkExecutionFailureResponse[];
}
