import type { DialectErrors } from './dialect.js';

/** The paths of a dialect and the way it words errors. */
export interface DialectRoute {
  /** Path prefixes without a slash at the end. A prefix covers itself and everything below it. */
  readonly prefixes: readonly string[];
  readonly errors: DialectErrors;
}

/** Finds the dialect that answers for a path, also for paths that no route has. */
export class DialectRouter {
  private readonly routes: readonly { readonly prefix: string; readonly errors: DialectErrors }[];

  /** @param otherwise words errors of paths that belong to no dialect */
  constructor(
    routes: readonly DialectRoute[],
    private readonly otherwise: DialectErrors,
  ) {
    this.routes = routes
      .flatMap(({ prefixes, errors }) => prefixes.map((prefix) => ({ prefix: prefix.toLowerCase(), errors })))
      .sort((left, right) => right.prefix.length - left.prefix.length);
  }

  /** The longest prefix wins. Case does not matter, as in Express's routes. */
  errorsFor(path: string): DialectErrors {
    const wanted = path.toLowerCase();
    const route = this.routes.find(({ prefix }) => wanted === prefix || wanted.startsWith(`${prefix}/`));
    return route?.errors ?? this.otherwise;
  }
}
