import { Body, Param, Query, type ArgumentMetadata } from '@nestjs/common';
import { isUuid } from '#domain/ids.js';
import { InputError, InputPipe } from '../../../http/input.pipe.js';
import { camelMembers, snakeMembers } from './camel-members.js';

/** Bodies of this dialect may write their members in camelCase or snake_case. */
class SchedulerBodyPipe extends InputPipe {
  constructor(private readonly whenMissing: object | undefined) {
    super('body');
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(camelMembers(value === undefined ? this.whenMissing : value), metadata);
  }
}

/** Queries are documented in snake_case and may be written in camelCase. */
class SchedulerQueryPipe extends InputPipe {
  constructor() {
    super('query');
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(snakeMembers(value), metadata);
  }
}

const uuidPipe = {
  transform(value: string, { data = '' }: ArgumentMetadata): string {
    if (isUuid(value)) return value.toLowerCase();
    throw new InputError('path', [{ path: [data], message: 'value is not a valid uuid', kind: 'type_error.uuid' }]);
  },
};

/** The checked body. */
export const SchedulerBody = (): ParameterDecorator => Body(new SchedulerBodyPipe(undefined));

/** The checked body, of which every member may be missing; so may the body itself. */
export const OptionalSchedulerBody = (): ParameterDecorator => Body(new SchedulerBodyPipe({}));

/** The checked query. */
export const SchedulerQuery = (): ParameterDecorator => Query(new SchedulerQueryPipe());

/** A UUID in the path, in lower case. */
export const UuidParam = (name: string): ParameterDecorator => Param(name, uuidPipe);
