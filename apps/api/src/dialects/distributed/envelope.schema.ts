import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';

/** Documents a 200 (or 201) answer: the envelope around one `data`, around a list of them, or around null. */
export function ApiEnvelope(data: Type | [Type] | null, status: 200 | 201 = 200): MethodDecorator {
  const model = Array.isArray(data) ? data[0] : data;
  const properties = { success: { type: 'boolean', enum: [true] }, data: dataSchema(data) };
  const response = ApiResponse({ status, schema: { type: 'object', required: ['success', 'data'], properties } });
  return model === null ? response : applyDecorators(ApiExtraModels(model), response);
}

function dataSchema(data: Type | [Type] | null): Record<string, unknown> {
  if (data === null) return { type: 'object', nullable: true, example: null };
  return Array.isArray(data) ? { type: 'array', items: { $ref: getSchemaPath(data[0]) } } : { $ref: getSchemaPath(data) };
}
