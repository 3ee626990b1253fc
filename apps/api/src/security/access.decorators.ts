import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Permission } from '#domain/permissions.js';

/** Who may call a route. Every route declares one, or the process does not start (see `RoutePermissionCheck`). */
export type AccessRule =
  | { readonly kind: 'public' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'permission'; readonly permission: Permission; readonly orElse?: NarrowAccess };

/** Who else may, if the query asks for little enough. */
export interface NarrowAccess {
  readonly permission: Permission;
  /** Gets the query as it was sent, unchecked. */
  readonly when: (query: Readonly<Record<string, unknown>>) => boolean;
}

export const ACCESS_RULE = 'takt:access-rule';

/**
 * The route is for callers who hold the permission, `Admin` included. On a controller it is for all its routes.
 *
 * @param orElse lets holders of another permission ask for a part of it
 */
export const RequirePermission = (permission: Permission, orElse?: NarrowAccess): CustomDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'permission', permission, ...(orElse === undefined ? {} : { orElse }) } satisfies AccessRule);

/** Dialects whose document knows no accounts. */
export type AnonymousDialect = 'timer4tasker';

export const OPEN_WHEN_ANONYMOUS = 'takt:open-when-anonymous';

/**
 * Where the installation opens the dialect (see `AnonymousAccess`), the route is also for callers without credentials. It
 * still declares its permission with `@RequirePermission`: the anonymous principal must hold it, and so must callers who do
 * send credentials, which are checked as anywhere. On a controller it is for all its routes.
 */
export const OpenWhenAnonymous = (dialect: AnonymousDialect): CustomDecorator => SetMetadata(OPEN_WHEN_ANONYMOUS, dialect);

/** The route is for everybody; credentials are neither asked for nor looked at. */
export const Public = (): CustomDecorator => SetMetadata(ACCESS_RULE, { kind: 'public' } satisfies AccessRule);

/** The route is for everybody who has valid credentials, whatever their permissions. */
export const AnyAuthenticated = (): CustomDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'authenticated' } satisfies AccessRule);
