import { Injectable, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS_RULE, OPEN_WHEN_ANONYMOUS, type AccessRule, type AnonymousDialect } from './access.decorators.js';

/** One route of one controller, as declared; a global prefix is not part of it. */
export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
  /** `TasksController.list` */
  readonly handler: string;
  /** Null: forgotten. */
  readonly access: AccessRule | null;
  /** Open without credentials where the installation opens this dialect; absent for all others. */
  readonly openWhenAnonymous?: AnonymousDialect;
}

/** Lists the routes of all controllers with who may call them. */
@Injectable()
export class RouteInventory {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  routes(): DeclaredRoute[] {
    return this.discovery.getControllers().flatMap((wrapper) => {
      const controller = wrapper.metatype;
      return typeof controller === 'function' ? this.routesOf(controller as ControllerClass) : [];
    });
  }

  private routesOf(controller: ControllerClass): DeclaredRoute[] {
    const prototype = controller.prototype as Record<string, unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod;
      const targets = [handler as () => void, controller];
      const access = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, targets) ?? null;
      const openWhenAnonymous = this.reflector.getAllAndOverride<AnonymousDialect | undefined>(OPEN_WHEN_ANONYMOUS, targets);
      return paths(controller).flatMap((prefix) =>
        paths(handler).map((path) => ({
          method: RequestMethod[method],
          path: joined(prefix, path),
          handler: `${controller.name}.${name}`,
          access,
          ...(openWhenAnonymous === undefined ? {} : { openWhenAnonymous }),
        })),
      );
    });
  }
}

type ControllerClass = new (...args: never[]) => object;

function paths(target: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return Array.isArray(path) ? path : [path ?? ''];
}

function joined(prefix: string, path: string): string {
  return `/${[prefix, path].flatMap((part) => part.split('/')).filter((part) => part !== '').join('/')}`;
}
