import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiParam, ApiProperty, ApiResponse, ApiSecurity, getSchemaPath } from '@nestjs/swagger';

/** Any error. */
export class ErrorEnvelope {
  @ApiProperty({ type: 'boolean', enum: [false] })
  success!: false;

  @ApiProperty({ type: 'string', example: 'schedule: cron expression has 3 fields instead of 5, 6 or 7' })
  message!: string;
}

const ERRORS = {
  400: 'The request is wrong: JSON, members or parameters.',
  401: 'Missing or invalid credentials, where the installation asks for them.',
  403: 'The permission is missing, or the request comes from another site.',
  404: 'There is no such task.',
  413: 'The body is larger than 1 MiB.',
  500: 'A defect; the reference is in the log.',
  503: 'The database did not answer in time.',
} as const;

type ErrorStatus = keyof typeof ERRORS;

const COMMON: readonly ErrorStatus[] = [401, 403, 500, 503];

/** Documents the errors of a route: the given ones and the common ones. */
export function ApiErrors(...statuses: ErrorStatus[]): MethodDecorator {
  const content = { 'application/json': { schema: { $ref: getSchemaPath(ErrorEnvelope) } } };
  const decorators = [...statuses, ...COMMON].map((status) => ApiResponse({ status, description: ERRORS[status], content }));
  return applyDecorators(ApiExtraModels(ErrorEnvelope), ...decorators);
}

/** Documents an answer: the envelope around `data`, or a message alone. */
export function ApiEnvelope(status: 200 | 201, data: Type | null): MethodDecorator {
  const success = { type: 'boolean', enum: [true] };
  const message = { type: 'string' };
  const properties = data === null ? { success, message } : { success, data: { $ref: getSchemaPath(data) }, message };
  const required = ['success', data === null ? 'message' : 'data'];
  const description = data === null ? 'Done.' : `The ${data.name}.`;
  const response = ApiResponse({ status, description, schema: { type: 'object', required, properties } });
  return data === null ? response : applyDecorators(ApiExtraModels(data), response);
}

export function ApiTaskId(): MethodDecorator {
  return ApiParam({ name: 'task_id', schema: { type: 'string' }, description: 'Opaque.', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' });
}

/** Credentials that count when they are sent, and are needed where the installation asks for them. */
export function ApiCredentials(): ClassDecorator & MethodDecorator {
  return applyDecorators(ApiSecurity({}), ApiBearerAuth('bearer'), ApiSecurity('api-key'));
}
