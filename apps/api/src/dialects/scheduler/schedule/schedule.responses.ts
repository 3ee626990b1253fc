import { ApiProperty } from '@nestjs/swagger';
import { ViolationResponse } from '../api-documentation.js';

export class PreviewedRunResponse {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2030-03-31T07:00:00.000Z' })
  utc!: string;

  @ApiProperty({ type: 'string', description: 'Local time in the schedule’s zone, with its offset.', example: '2030-03-31T09:00:00+02:00' })
  local!: string;

  @ApiProperty({ type: 'string', enum: ['gap', 'fold'], nullable: true, description: '`gap`: moved here because the clocks jumped over its time. `fold`: the clocks show its local time twice.', example: null })
  dst!: 'gap' | 'fold' | null;
}

export class BusyMinuteResponse {
  @ApiProperty({ type: 'string', format: 'date-time', description: 'Its start.', example: '2030-03-31T07:00:00.000Z' })
  at!: string;

  @ApiProperty({ type: 'integer', description: 'Other jobs whose next run is due in it.', example: 37 })
  otherJobs!: number;
}

export class SchedulePreviewResponse {
  @ApiProperty({ type: 'boolean', example: true })
  valid!: boolean;

  @ApiProperty({ type: 'string', nullable: true, description: 'The schedule in words; null when it is not valid.', example: 'At 09:00 AM (Europe/Berlin)' })
  description!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'Europe/Berlin' })
  timezone!: string | null;

  @ApiProperty({ type: [PreviewedRunResponse] })
  nextRuns!: PreviewedRunResponse[];

  @ApiProperty({ type: [ViolationResponse], description: 'What is wrong with the schedule; empty when it is valid.', example: [] })
  errors!: ViolationResponse[];

  @ApiProperty({ type: BusyMinuteResponse, required: false, nullable: true, description: 'Of the minutes of the fire times the one with most other jobs; null when there are none in any. Only where `withOtherJobs` asks for it.' })
  busiestMinute?: BusyMinuteResponse | null;
}
