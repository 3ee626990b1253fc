import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ANONYMOUS_PRINCIPAL } from '#application/identity/principal.js';
import type { Request } from 'express';
import { AnonymousAccess } from './anonymous-access.js';
import { setAuthentication } from './authenticated-request.js';
import { accessRuleOf, anonymousDialectOf } from './access-rule.js';
import { RequestAuthenticator } from './request-authenticator.js';

/**
 * First global guard: finds out who calls. Being a guard it stands before the handler whatever the method, so that HEAD,
 * which Express answers from the GET handler, is guarded like GET. OPTIONS never reaches a handler: `OptionsMiddleware`.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: RequestAuthenticator,
    private readonly anonymous: AnonymousAccess,
  ) {}

  /** @throws DomainError `AUTHENTICATION_REQUIRED`, `TOKEN_INVALID`, `PERMISSION_DENIED` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (accessRuleOf(this.reflector, context).kind === 'public') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const authentication = this.anonymous.admits(request, anonymousDialectOf(this.reflector, context))
      ? { principal: ANONYMOUS_PRINCIPAL, expiresAt: null }
      : await this.authenticator.authenticate(request);
    setAuthentication(request, authentication);
    return true;
  }
}
