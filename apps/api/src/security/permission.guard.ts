import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { principalMay } from '#application/identity/principal.js';
import { DomainError } from '#domain/errors.js';
import type { Request } from 'express';
import { accessRuleOf } from './access-rule.js';
import { authenticationOf } from './authenticated-request.js';

/** Second global guard: lets through who holds the permission of the route. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws DomainError `PERMISSION_DENIED` */
  canActivate(context: ExecutionContext): boolean {
    const rule = accessRuleOf(this.reflector, context);
    if (rule.kind !== 'permission') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { principal } = authenticationOf(request);
    if (principalMay(principal, rule.permission)) return true;
    const { orElse } = rule;
    if (orElse !== undefined && principalMay(principal, orElse.permission) && orElse.when(request.query)) return true;
    throw new DomainError('PERMISSION_DENIED', `${rule.permission} permission required`);
  }
}
