import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { parseTopics, PLATFORM_TOPICS, TOPICS_MAX } from '#application/live/topics.js';

const PERMITTED = `${PLATFORM_TOPICS.join(', ')}, execution:<id>, job:<id>`;

export class StreamQuery {
  @ApiProperty({
    type: 'string',
    required: true,
    description: `What to follow: 1–${String(TOPICS_MAX)} of ${PERMITTED}, separated by commas.`,
    example: 'overview,jobs,execution:01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10',
  })
  @ValidateBy(
    { name: 'isTopics', validator: { validate: (value) => parseTopics(value) !== null } },
    { message: `value is not a list of topics; permitted: ${PERMITTED}`, context: { kind: 'value_error.topics' } },
  )
  topics!: string;
}
