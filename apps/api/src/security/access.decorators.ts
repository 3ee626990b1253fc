import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Permission } from '#domain/permissions.js';

/** Who may call a route. Every route declares one, or the process does not start (see `RoutePermissionCheck`). */
export type AccessRule =
  | { readonly kind: 'public' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'permission'; readonly permission: Permission };

export const ACCESS_RULE = 'takt:access-rule';

/** The route is for callers who hold the permission, `Admin` included. On a controller it is for all its routes. */
export const RequirePermission = (permission: Permission): CustomDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'permission', permission } satisfies AccessRule);

/** The route is for everybody; credentials are neither asked for nor looked at. */
export const Public = (): CustomDecorator => SetMetadata(ACCESS_RULE, { kind: 'public' } satisfies AccessRule);

/** The route is for everybody who has valid credentials, whatever their permissions. */
export const AnyAuthenticated = (): CustomDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'authenticated' } satisfies AccessRule);
