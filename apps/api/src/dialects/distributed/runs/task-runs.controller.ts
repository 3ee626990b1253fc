import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { JobReader } from '#application/jobs/job-reader.js';
import { IsInt, Max, Min } from 'class-validator';
import { ConvertedMember } from '../../../http/input-instance.js';
import { ValidatedPath } from '../../../http/input.pipe.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiEnvelope } from '../envelope.schema.js';
import { envelope, type Envelope } from '../envelope.js';
import { toInteger } from '../query-values.js';
import { TaskFinder } from '../tasks/task-finder.js';
import { presentTaskRun } from './task-run.presenter.js';
import { TaskRunData } from './task-run.responses.js';

/** Runs outnumber the 32-bit integers that tasks have. */
class TaskRunPath {
  @ApiProperty({ type: 'integer', minimum: 1, example: 456 })
  @ConvertedMember(toInteger)
  @IsInt({ message: 'must be an integer' })
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  id!: number;
}

@ApiTags('Task Runs')
@ApiBearerAuth()
@ApiSecurity('api-key')
@RequirePermission('TaskRead')
@Controller('api/task-runs')
export class TaskRunsController {
  constructor(
    private readonly find: TaskFinder,
    private readonly jobs: JobReader,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'Get Task Run Details' })
  @ApiEnvelope(TaskRunData)
  async get(@ValidatedPath() path: TaskRunPath): Promise<Envelope<TaskRunData>> {
    const run = await this.find.run(path.id);
    const { number } = await this.jobs.summary(run.jobId);
    return envelope(presentTaskRun(run, number));
  }
}
