import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { DomainError } from '#domain/errors.js';
import { ACCESS_RULE, OPEN_WHEN_ANONYMOUS, type AccessRule, type AnonymousDialect } from './access.decorators.js';

/** The rule of the route at hand. @throws DomainError `PERMISSION_DENIED` if none is declared: closed, not open */
export function accessRuleOf(reflector: Reflector, context: ExecutionContext): AccessRule {
  const rule = reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [context.getHandler(), context.getClass()]);
  if (rule === undefined) throw new DomainError('PERMISSION_DENIED', 'The route declares no permission');
  return rule;
}

/** The dialect by whose rules the route at hand may be open to callers without credentials; undefined for none. */
export function anonymousDialectOf(reflector: Reflector, context: ExecutionContext): AnonymousDialect | undefined {
  return reflector.getAllAndOverride<AnonymousDialect | undefined>(OPEN_WHEN_ANONYMOUS, [context.getHandler(), context.getClass()]);
}
