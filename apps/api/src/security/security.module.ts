import { Global, Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AuthenticationGuard } from './authentication.guard.js';
import { BasicAuthenticator } from './basic-authenticator.js';
import { identityProviders } from './identity.providers.js';
import { JwtStrategy } from './jwt.strategy.js';
import { OptionsMiddleware } from './options.middleware.js';
import { PermissionGuard } from './permission.guard.js';
import { RequestAuthenticator } from './request-authenticator.js';
import { RouteInventory } from './route-inventory.js';
import { RoutePermissionCheck } from './route-permission-check.js';

const offered = [
  ...identityProviders.map(({ provide }) => provide),
  RequestAuthenticator,
  BasicAuthenticator,
  RouteInventory,
];

/**
 * Guards every route of the app and offers the use cases of identity. A global module must provide the ports
 * `UserRepository`, `SessionRepository`, `ApiKeyRepository`, `AuditLog`, `LoginFailures`, and `Clock`, `IdentityOptions` and
 * `AnonymousAccess`.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    ...identityProviders,
    JwtStrategy,
    RequestAuthenticator,
    BasicAuthenticator,
    RouteInventory,
    RoutePermissionCheck,
    // In this order: who is it, then may they.
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: PermissionGuard },
  ],
  exports: offered,
})
export class SecurityModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(OptionsMiddleware).forRoutes('{*path}');
  }
}
