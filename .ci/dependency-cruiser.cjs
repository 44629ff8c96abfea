// Who may import whom (design.md, "The house"). test/boundaries.spec.ts plants one bad import for
// each rule, because a rule whose pattern has a slip in it finds nothing and looks like success.
const TESTS = '\\.spec\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'libs-import-only-libs',
      severity: 'error',
      comment: 'libs/ is the pure core: it knows nothing of the application around it.',
      from: { path: '^libs/', pathNot: TESTS },
      to: { path: '^(src|migrations|test|bench|web|bin)/' },
    },
    {
      name: 'libs-no-packages',
      severity: 'error',
      comment: 'libs/ needs no package: no Nest, no database, nothing to upgrade.',
      from: { path: '^libs/[^/]+/src/', pathNot: [TESTS, '^libs/credentials/'] },
      to: { path: '(^|/)node_modules/' },
    },
    {
      name: 'credentials-few-packages',
      severity: 'error',
      comment: 'Canonical RDF, JWS and JSON Schema are standards that others keep (decision 0027).',
      from: { path: '^libs/credentials/src/', pathNot: TESTS },
      to: {
        path: '(^|/)node_modules/',
        pathNot: '(^|/)node_modules/(jsonld|rdf-canonize|canonicalize|jose|ajv|ajv-formats)/',
      },
    },
    {
      name: 'libs-no-io',
      severity: 'error',
      comment: 'libs/ has no files, network, clock or randomness: time and ids are arguments.',
      from: { path: '^libs/', pathNot: TESTS },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|assert|assert/strict|zlib)$' },
    },
    {
      name: 'platform-below-features',
      severity: 'error',
      comment: 'src/platform is technical ground: no business word, so no feature.',
      from: { path: '^src/platform/', pathNot: TESTS },
      to: { path: '^src/(?!platform/)' },
    },
    {
      name: 'feature-front-door',
      severity: 'error',
      comment: 'A feature is entered through its index.ts; the rest is its own business.',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/([^/]+)/',
        pathNot: ['^src/$1/', '^src/platform/', '^src/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'In ESM a cycle can end in "Cannot access X before initialization".',
      from: {},
      // A cycle through `import type` does not exist at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'An import nobody can resolve escapes every other rule.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'pages-alone',
      severity: 'error',
      comment: 'The pages know the service by its description only.',
      from: { path: '^web/src/' },
      to: { path: '^(src|libs|test|bench|migrations)/' },
    },
    {
      name: 'pages-one-room',
      severity: 'error',
      comment: 'A group of pages is a chunk of its own; what two groups share is a part.',
      // At the counter a clerk goes through the learner's own pages.
      from: { path: '^web/src/pages/([^/]+)/', pathNot: '^web/src/pages/counter/' },
      to: {
        path: '^web/src/pages/',
        pathNot: ['^web/src/pages/$1/', '^web/src/pages/[^/]+\\.tsx$'],
      },
    },
    {
      name: 'parts-below-pages',
      severity: 'error',
      comment: 'Parts, questions and texts serve every page and know none.',
      from: { path: '^web/src/(parts|api|i18n)/' },
      to: { path: '^web/src/(pages/|app|main)' },
    },
    {
      name: 'migrations-stand-alone',
      severity: 'error',
      comment: 'Entities and services change, a migration that ran must not.',
      from: { path: '^migrations/', pathNot: TESTS },
      to: { path: '^(src|libs|test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|web/dist)/' },
    // Type imports couple as well, and `paths` keeps #libs/* from resolving into dist.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
