import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RouteInventory } from './route-inventory.js';

/** Refuses to start a process that has a route whose access nobody declared: a forgotten decorator is no open door. */
@Injectable()
export class RoutePermissionCheck implements OnModuleInit {
  constructor(private readonly inventory: RouteInventory) {}

  /** @throws Error naming every route without a rule */
  onModuleInit(): void {
    const forgotten = this.inventory.routes().filter((route) => route.access === null);
    if (forgotten.length === 0) return;
    const list = forgotten.map((route) => `  ${route.method} ${route.path} (${route.handler})`).join('\n');
    throw new Error(`Routes without @RequirePermission, @AnyAuthenticated or @Public:\n${list}`);
  }
}
