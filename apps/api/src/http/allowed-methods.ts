/** What this file needs to know of Express's router; Express exports no types for it. */
interface RouteTable {
  readonly stack: readonly {
    readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
    match(path: string): boolean;
  }[];
}

/**
 * The methods that a path answers, in upper case and sorted; empty when no route has the path. `HEAD` comes with `GET`.
 *
 * @param router `app.getHttpAdapter().getInstance().router` of an Express application
 */
export function allowedMethods(router: unknown, path: string): string[] {
  if (!isRouteTable(router)) return [];
  const methods = new Set<string>();
  for (const layer of router.stack) {
    if (layer.route === undefined || !matches(layer, path)) continue;
    for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase());
  }
  // What a route for all methods answers is its own affair.
  methods.delete('_ALL');
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

function matches(layer: RouteTable['stack'][number], path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    // The path cannot be decoded; that is answered as such elsewhere.
    return false;
  }
}

function isRouteTable(value: unknown): value is RouteTable {
  return typeof value === 'function' && 'stack' in value && Array.isArray(value.stack);
}
