import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiParam,
  ApiProperty,
  ApiResponse,
  ApiSecurity,
  getSchemaPath,
  type ApiResponseSchemaHost,
} from '@nestjs/swagger';

type ContentObject = NonNullable<ApiResponseSchemaHost['content']>;
type HeadersObject = NonNullable<ApiResponseSchemaHost['headers']>;

/** Any error but wrong input. */
export class ErrorResponse {
  @ApiProperty({ type: 'string', example: 'Error message describing what went wrong' })
  detail!: string;
}

export class ViolationResponse {
  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    description: 'Where: body, query or path, then the members down to the wrong one.',
    example: ['body', 'scheduleConfig', 'hours'],
  })
  loc!: (string | number)[];

  @ApiProperty({ type: 'string', example: 'value is not a valid integer' })
  msg!: string;

  @ApiProperty({ type: 'string', example: 'type_error.integer' })
  type!: string;
}

/** Wrong input, member by member. */
export class ValidationErrorResponse {
  @ApiProperty({ type: [ViolationResponse] })
  detail!: ViolationResponse[];
}

const ERRORS = {
  400: ['The request makes no sense: malformed JSON, or an id in it that does not exist.', 'Task function 99 not found'],
  401: ['Missing or invalid authentication.', 'Valid authentication token required'],
  403: ['The permission is missing, or the thing is protected.', 'TaskWrite permission required'],
  404: ['There is no such thing.', 'Scheduled job 00000000-0000-4000-8000-000000000000 not found'],
  409: ['It conflicts with the present state.', 'Job already has 1 live execution(s), its maximum'],
  412: ['The job was changed after the caller read it.', 'Scheduled job 550e8400-e29b-41d4-a716-446655440000 was changed meanwhile'],
  413: ['The body is larger than 1 MiB.', 'Request body is too large'],
  415: ['The body is not JSON.', 'Content-Type must be application/json'],
  429: ['Too many at a time.', 'Too many open log streams'],
  500: ['A defect; the reference is in the log.', 'Internal Server Error (reference 4b0e0a3e-6f2c-4d57-9c39-2f9f0f7f8a51)'],
  503: ['The database did not answer in time.', 'Service temporarily unavailable'],
} as const;

type ErrorStatus = keyof typeof ERRORS;

/** Errors that every route can answer. */
const COMMON: readonly ErrorStatus[] = [401, 403, 500, 503];

/** Documents the errors of a route: the given ones, the common ones and 422 where there is input to be wrong. */
export function ApiErrors(...statuses: (ErrorStatus | 422)[]): MethodDecorator {
  const plain = [...statuses.filter((status): status is ErrorStatus => status !== 422), ...COMMON];
  const decorators = plain.map((status) => {
    const [description, example] = ERRORS[status];
    return ApiResponse({ status, description, content: json(ErrorResponse, { detail: example }) });
  });
  const unprocessable = ApiResponse({
    status: 422,
    description: 'Members of the request are wrong.',
    content: json(ValidationErrorResponse),
  });
  const models = ApiExtraModels(ErrorResponse, ValidationErrorResponse);
  return applyDecorators(models, ...decorators, ...(statuses.includes(422) ? [unprocessable] : []));
}

/** Errors of routes that take a JSON body. */
export const BODY_ERRORS = [400, 413, 415, 422] as const;

/** Credentials that the API takes: a bearer token (access token or API key), or `X-API-Key`. */
export function ApiCredentials(): ClassDecorator & MethodDecorator {
  return applyDecorators(ApiBearerAuth('bearer'), ApiSecurity('api-key'));
}

export function ApiJobId(): MethodDecorator {
  return ApiParam({ name: 'job_id', description: 'Job ID.', schema: UUID, example: '550e8400-e29b-41d4-a716-446655440000' });
}

export function ApiExecutionId(): MethodDecorator {
  return ApiParam({ name: 'execution_id', description: 'Execution ID.', schema: UUID, example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' });
}

/** Header of a job. */
export const JOB_TAG_HEADER = {
  ETag: { description: 'Version of the definition, for `If-Match`: another one after every change of it.', schema: { type: 'string' } },
} satisfies HeadersObject;

/** Headers of a page. */
export const PAGE_HEADERS = {
  'X-Total-Count': { description: 'Number of matches over all pages.', schema: { type: 'integer' } },
  'X-Page': { description: 'Page number, from 1.', schema: { type: 'integer' } },
  'X-Per-Page': { description: 'Items per page.', schema: { type: 'integer' } },
} satisfies HeadersObject;

/** Headers of a page of executions. */
export const EXECUTION_PAGE_HEADERS: HeadersObject = {
  ...PAGE_HEADERS,
  'X-Total-Count-Estimated': { description: '`true` when the total is an estimate; absent otherwise.', schema: { type: 'string', enum: ['true'] } },
};

const UUID = { type: 'string', format: 'uuid' } as const;

function json(type: new () => object, example?: object): ContentObject {
  const schema = { $ref: getSchemaPath(type) };
  return { 'application/json': example === undefined ? { schema } : { schema, example } };
}
