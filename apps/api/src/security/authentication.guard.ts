import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { setAuthentication } from './authenticated-request.js';
import { accessRuleOf } from './access-rule.js';
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
  ) {}

  /** @throws DomainError `AUTHENTICATION_REQUIRED`, `TOKEN_INVALID` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (accessRuleOf(this.reflector, context).kind === 'public') return true;
    const request = context.switchToHttp().getRequest<Request>();
    setAuthentication(request, await this.authenticator.authenticate(request));
    return true;
  }
}
