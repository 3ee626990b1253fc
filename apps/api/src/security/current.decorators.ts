import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RequestOrigin } from '#identity/tokens/login.use-case.js';
import type { Request } from 'express';
import { authenticationOf, callerOf } from './authenticated-request.js';

const requestOf = (context: ExecutionContext): Request => context.switchToHttp().getRequest<Request>();

/** The `Principal` who calls. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context) => authenticationOf(requestOf(context)).principal);

/** The `Caller`: principal and address, as use cases want it. */
export const CurrentCaller = createParamDecorator((_: unknown, context) => callerOf(requestOf(context)));

/** The `Authentication`: principal and the end of the credential. */
export const CurrentAuthentication = createParamDecorator((_: unknown, context) => authenticationOf(requestOf(context)));

/** The `RequestOrigin`: address and user agent, also of a caller who proved nothing. */
export const Origin = createParamDecorator((_: unknown, context): RequestOrigin => {
  const request = requestOf(context);
  return { ip: request.ip ?? null, userAgent: request.get('user-agent') ?? null };
});
