import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { HttpFailure } from './http-failure.js';
import { boundViolations, textProblem } from './json-bounds.js';

/** Largest request body, bytes (rulings, "All dialects"). */
export const BODY_LIMIT_BYTES = 1_048_576;

/** `null`, texts and lists are JSON, too: that they are no object is for the DTO to say. */
const PARSER_OPTIONS = { strict: false, limit: BODY_LIMIT_BYTES, type: ['json', '+json'], verify: requireUtf8 };

/** Reads JSON bodies and refuses everything else, and all that no dialect could store. */
export function readBodies(app: NestExpressApplication): void {
  app.useBodyParser('json', PARSER_OPTIONS);
  app.use(requireJson);
  app.use(requireBounds);
}

/** Runs inside the parser, which passes the error on. Nest's types leave the option out, its parser takes it. */
function requireUtf8(_request: IncomingMessage, _response: ServerResponse, bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new HttpFailure({ kind: 'malformed-body' });
}

function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const wasRead = request.body !== undefined;
  if (wasRead || !hasBody(request)) {
    next();
    return;
  }
  const isTooLarge = Number(request.get('content-length') ?? 0) > BODY_LIMIT_BYTES;
  next(new HttpFailure({ kind: isTooLarge ? 'payload-too-large' : 'unsupported-media-type' }));
}

function hasBody(request: Request): boolean {
  if (request.get('transfer-encoding') !== undefined) return true;
  return Number(request.get('content-length') ?? 0) > 0;
}

function requireBounds(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  const violations = boundViolations(body);
  if (violations.length > 0) {
    next(new HttpFailure({ kind: 'input', place: 'body', violations }));
    return;
  }
  const bad = Object.entries(request.query).filter(([name, value]) => !isStorable(name) || !isStorable(value));
  const queryViolations = bad.map(([name]) => ({
    path: isStorable(name) ? [name] : [],
    message: 'NUL characters and unpaired surrogates are not allowed',
    kind: 'value_error.str.characters',
  }));
  next(queryViolations.length > 0 ? new HttpFailure({ kind: 'input', place: 'query', violations: queryViolations }) : undefined);
}

function isStorable(value: unknown): boolean {
  const texts = Array.isArray(value) ? value : [value];
  return texts.every((text) => typeof text !== 'string' || textProblem(text) === null);
}
