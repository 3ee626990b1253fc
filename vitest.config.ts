import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** `#domain/x.js` → `libs/domain/src/x.ts`: the sources, where Node at run time takes the compiled files. */
const libAlias = { find: /^#([a-z-]+)\/(.*)\.js$/, replacement: `${root}libs/$1/src/$2.ts` };

/** `@/x` → `apps/admin/src/x`, as the UI's own tsconfig says. */
const adminAlias = { find: /^@\/(.*)$/, replacement: `${root}apps/admin/src/$1` };

const shared = {
  resolve: { alias: [libAlias, adminAlias] },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
};

/** Rungs differ in how many files they run at a time, which Vitest allows only one after the other. */
let rung = 0;

const layer = (name: string, include: string[], test: Record<string, unknown> = {}) => ({
  ...shared,
  test: { name, include, environment: 'node', restoreMocks: true, sequence: { groupOrder: (rung += 1) }, ...test },
});

/**
 * Real stores, processes and pages on whatever machine this is: a test that missed a moment is tried once more. `npm test`
 * names each that needed it, with what went wrong at first, so that none of them gets used to it.
 */
const ofRealParts = { retry: 1 };

/**
 * One project a rung of the test ladder. `unit` touches nothing outside its process; `integration` and `contract` talk
 * to real Postgres and Redis, one database per file cloned from a migrated template; `contract-admin` runs the examples of
 * document 001 through the admin UI; `e2e` starts the product itself, and `browser` drives its UI in a real browser.
 */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      layer('unit', ['{apps,libs}/**/*.spec.ts', 'test/chaos/**/*.spec.ts'], {
        exclude: ['**/*.medium.spec.ts', '**/*.contract.spec.ts', '**/node_modules/**'],
      }),
      layer('integration', ['{apps,libs,test}/**/*.medium.spec.ts'], {
        ...ofRealParts,
        globalSetup: ['test/setup/stores.ts'],
        testTimeout: 30_000,
        hookTimeout: 60_000,
        maxWorkers: 2,
      }),
      layer('contract', ['{apps,test}/**/*.contract.spec.ts'], {
        ...ofRealParts,
        globalSetup: ['test/setup/stores.ts'],
        testTimeout: 30_000,
        hookTimeout: 60_000,
        maxWorkers: 2,
      }),
      // Document 001 once more, asked through the admin UI: the same examples, other callers.
      layer('contract-admin', ['apps/api/src/dialects/scheduler/{scheduler,jobs/jobs,executions/executions}.contract.spec.ts'], {
        ...ofRealParts,
        globalSetup: ['test/setup/stores.ts'],
        provide: { throughAdmin: true },
        testTimeout: 30_000,
        hookTimeout: 60_000,
        maxWorkers: 2,
      }),
      layer('e2e', ['test/e2e/**/*.e2e.spec.ts'], {
        ...ofRealParts,
        testTimeout: 180_000,
        hookTimeout: 240_000,
        fileParallelism: false,
      }),
      layer('browser', ['test/admin/**/*.browser.spec.ts'], {
        ...ofRealParts,
        testTimeout: 120_000,
        hookTimeout: 240_000,
        maxWorkers: 2,
      }),
    ],
  },
});
