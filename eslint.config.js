/**
 * Lint rules: typescript-eslint's strict set with types for the TypeScript sources, ESLint's own recommended set for the
 * scripts. Every rule that is switched off has its reason beside it.
 */
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['apps/api/**/*.ts', 'apps/worker/**/*.ts', 'libs/**/*.ts', 'test/**/*.ts', 'vitest.config.ts'];
const ADMIN = ['apps/admin/src/**/*.{ts,tsx}', 'apps/admin/next.config.ts'];
const TESTS = ['**/*.spec.ts', '**/*.conformance.ts', 'libs/testing/**', 'test/**', 'apps/*/test/**'];

const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'Only libs/config reads environment variables; take what you need from the Environment.',
};

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', '.takt/', '.cache/', 'coverage/', '**/.next/', '**/*.d.mts', 'apps/admin/**/*.d.ts']),
  {
    files: [...TYPESCRIPT, ...ADMIN],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A Nest module is a class without members: its decorator, or what a dynamic module says about it, is its content.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
      // `void promise` and `() => void act()` say on purpose that nobody waits or looks.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off', // `query<Row>` is how a caller names what SQL returns
      '@typescript-eslint/no-meaningless-void-operator': 'off', // it forbids the `void` that the rule above asks for
      eqeqeq: 'error',
      'max-lines': ['error', { max: 500 }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-properties': ['error', noEnvironment],
    },
  },
  {
    files: ['libs/config/**/*.ts', 'apps/*/src/{main,migrate}.ts'],
    rules: { 'no-restricted-properties': 'off' }, // the owner of the environment, and the entry points that hand it over
  },
  {
    files: ['apps/**/*.ts', 'test/**/*.ts'],
    rules: {
      // Nest and OpenAPI want classes for what is only a shape (DTOs, options); presenters return plain objects of it.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off', // the same: those "instances" are plain objects
    },
  },
  {
    files: ADMIN,
    ...reactHooks.configs.flat['recommended-latest'],
  },
  {
    files: ADMIN,
    rules: {
      // What a component returns is JSX, and hooks return what their library says: written types would only repeat that.
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // A component is one function: its hooks, its handlers and its markup.
      'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', { selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier", message: "import * as z from 'zod': it is a third of the size." }],
      'no-restricted-properties': ['error', { ...noEnvironment, message: 'Only src/server/environment.ts reads environment variables.' }],
      'no-restricted-imports': ['error', { paths: [{ name: 'next/navigation', importNames: ['useRouter'], message: 'useNavigate of components/navigate.ts: it asks before a form with unsaved changes is left.' }] }],
    },
  },
  {
    files: ['apps/admin/src/components/navigate.ts'],
    rules: { 'no-restricted-imports': 'off' }, // the owner of the router
  },
  {
    files: ['apps/admin/src/server/environment.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: TESTS,
    rules: {
      'no-restricted-properties': 'off', // tests are told by variables where their stores are
      'max-lines': ['error', { max: 800 }],
      'max-lines-per-function': 'off', // a describe block is one function and holds many tests
      '@typescript-eslint/unbound-method': 'off', // expect(fake.method) takes the method without calling it
    },
  },
  {
    files: ['scripts/**/*.mjs', 'test/**/*.mjs', 'scripts/**/*.cjs', '*.js', '*.cjs', 'docker/**/*.mjs', 'apps/admin/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: {
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        setInterval: 'readonly',
        setTimeout: 'readonly',
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 500 }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
  },
);
