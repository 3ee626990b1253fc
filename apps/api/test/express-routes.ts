import type { ApiUnderTest } from './api-under-test.js';

/** One route as Express has it: what really answers, whoever registered it. */
export interface ServedRoute {
  readonly method: string;
  readonly path: string;
}

interface Router {
  readonly stack: readonly { readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> } }[];
}

/** Every route of the running API with a path and a method. HEAD and OPTIONS, which Express adds, are not listed. */
export function servedRoutes(api: ApiUnderTest): ServedRoute[] {
  const { router } = api.app.getHttpAdapter().getInstance() as unknown as { router: Router };
  return router.stack.flatMap(({ route }) => {
    if (route === undefined || typeof route.path !== 'string') return [];
    const { path } = route;
    return Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path }));
  });
}

/** A path with parameters that no thing has. */
export function withoutThings(path: string): string {
  return path.replace(/:(\w+)/g, (_, name: string) => PARAMETERS[name] ?? '987654321');
}

const NO_UUID = '00000000-0000-4000-8000-000000000000';
const PARAMETERS: Readonly<Record<string, string>> = { job_id: NO_UUID, execution_id: NO_UUID, worker_id: NO_UUID, user_id: NO_UUID, key_id: NO_UUID };
