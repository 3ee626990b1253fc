/** Who may import whom: docs/architecture.md §5, checked on every run of the tests. */
const lib = (name) => `^libs/${name}/`;
const only = (name, owners, path, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { pathNot: [...owners, '\\.spec\\.ts$', '^libs/testing/', '^test/'] },
  to: { path },
});
const layer = (name, allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: `libs/${name} may import ${allowed.join(', ') || 'nothing'} of ours`,
  from: { path: lib(name), pathNot: ['\\.spec\\.ts$', '\\.conformance\\.ts$'] },
  to: { path: '^(libs|apps)/', pathNot: [name, ...allowed].map(lib) },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'A cycle has no bottom to start reading from.', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', comment: 'An import that resolves to nothing.', from: {}, to: { couldNotResolve: true } },
    layer('domain', []),
    layer('application', ['domain']),
    layer('persistence', ['domain', 'application', 'observability']),
    layer('queue', ['domain', 'application', 'observability']),
    layer('executors', ['domain', 'application', 'observability']),
    layer('identity', ['domain', 'application']),
    layer('config', ['domain']),
    layer('observability', ['domain']),
    {
      name: 'dialects-stay-apart',
      severity: 'error',
      comment: 'A dialect knows application, domain and identity, never another dialect or a technology below.',
      from: { path: '^apps/api/src/dialects/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^apps/api/src/dialects/(?!$1/)', lib('(persistence|queue|executors|config)')], pathNot: '^apps/api/src/dialects/$1/' },
    },
    { name: 'apps-stay-apart', severity: 'error', comment: 'Processes share libs, not code of each other.', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/(?!$1/)', pathNot: '^apps/$1/' } },
    { name: 'testing-in-tests-only', severity: 'error', comment: 'libs/testing never ships.', from: { path: '^(apps|libs)/', pathNot: ['^apps/[^/]+/test/', '\\.spec\\.ts$', '\\.conformance\\.ts$', lib('testing')] }, to: { path: lib('testing') } },
    { name: 'admin-knows-http-only', severity: 'error', comment: 'The UI talks to the API over HTTP and shares no code with it.', from: { path: '^apps/admin/' }, to: { path: '^libs/' } },
    {
      name: 'admin-features-stay-apart',
      severity: 'error',
      comment: 'A page is made of its own feature and of shared parts; what two features need moves to components/.',
      from: { path: '^apps/admin/src/features/([^/]+)/' },
      to: { path: '^apps/admin/src/(features/(?!$1/)|app/|server/)', pathNot: '^apps/admin/src/features/$1/' },
    },
    {
      name: 'admin-components-know-no-feature',
      severity: 'error',
      comment: 'Shared parts stand below features and pages.',
      from: { path: '^apps/admin/src/(api|components|live|theme)/' },
      to: { path: '^apps/admin/src/(features|shell|app|server)/' },
    },
    {
      name: 'admin-server-stays-on-the-server',
      severity: 'error',
      comment: 'Tokens and cookies are handled where scripts of the browser cannot reach them.',
      from: { path: '^apps/admin/src/', pathNot: '^apps/admin/src/(server|app|proxy)' },
      to: { path: '^apps/admin/src/server/' },
    },
    only('typeorm-in-persistence', [lib('persistence')], '(^|/)node_modules/(typeorm|pg)/', 'typeorm and pg have one owner.'),
    only('bullmq-in-queue', [lib('queue')], '(^|/)node_modules/bullmq/', 'bullmq has one owner.'),
    { name: 'api-spawns-nothing', severity: 'error', comment: 'The API knows what executors accept and nothing of how they run it.', from: { path: '^apps/api/src/', pathNot: '\\.spec\\.ts$' }, to: { path: '^(node:)?child_process$', reachable: true } },
    only('child-process-in-executors', [lib('executors')], '^(node:)?child_process$', 'Only executors start processes.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.next)/|(^|/)next-env\\.d\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: 'scripts/testing/lib-aliases.cjs' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.json', '.css'] },
  },
};
