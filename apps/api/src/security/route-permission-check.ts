import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RouteInventory, type DeclaredRoute } from './route-inventory.js';

/**
 * Refuses to start a process that has a route whose access nobody declared: a forgotten decorator is no open door. A route
 * that can be open to callers without credentials must name the permission that they use.
 */
@Injectable()
export class RoutePermissionCheck implements OnModuleInit {
  constructor(private readonly inventory: RouteInventory) {}

  /** @throws Error naming every route without a rule, or open without a permission */
  onModuleInit(): void {
    const routes = this.inventory.routes();
    refuse('Routes without @RequirePermission, @AnyAuthenticated or @Public', routes.filter(({ access }) => access === null));
    refuse(
      'Routes with @OpenWhenAnonymous but without @RequirePermission',
      routes.filter(({ access, openWhenAnonymous }) => openWhenAnonymous !== undefined && access?.kind !== 'permission'),
    );
  }
}

function refuse(what: string, routes: readonly DeclaredRoute[]): void {
  if (routes.length === 0) return;
  const list = routes.map((route) => `  ${route.method} ${route.path} (${route.handler})`).join('\n');
  throw new Error(`${what}:\n${list}`);
}
