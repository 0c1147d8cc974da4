/** Which folder may import which. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const tests = '\\.(test|int\\.test|browser|fixture)\\.tsx?$';
const vendors = [
  '^node_modules/(@strapi|koa|pg|stripe|@aws-sdk|sharp|nodemailer)/',
  '^node:',
  '^(fs|http|https|net|child_process|os)$',
];

module.exports = {
  forbidden: [
    rule(
      'domain-is-pure',
      'The domain is TypeScript and zod: no framework, no vendor, no I/O.',
      { path: '^plugins/[^/]+/domain/', pathNot: tests },
      {
        path: [
          '^node_modules/(@strapi|koa|pg|stripe|@aws-sdk|sharp|nodemailer)/',
          '^(fs|fs/promises|http|https|net|child_process|os)$',
        ],
      },
    ),
    rule(
      'domain-looks-inward',
      'The domain imports the domain, the contracts and the arithmetic of waiting only.',
      { path: '^plugins/([^/]+)/domain/', pathNot: tests },
      {
        path: '^(plugins|cms|storefront|infra)/',
        pathNot: ['^plugins/[^/]+/domain/', '^plugins/contracts/', '^plugins/jobs/backoff\\.ts$'],
      },
    ),
    rule(
      'use-cases-take-ports',
      'Use cases receive adapters as arguments.',
      { path: '^plugins/[^/]+/usecases/', pathNot: [tests, '/fixture/'] },
      { path: ['/adapters/', '/http/', ...vendors.slice(0, 1)] },
    ),
    rule(
      'adapters-know-no-http',
      'Adapters sit below use cases.',
      { path: '/adapters/', pathNot: tests },
      { path: ['/usecases/', '/http/'] },
    ),
    rule(
      'contracts-stand-alone',
      'The wire contract imports zod and itself.',
      { path: '^plugins/contracts/', pathNot: tests },
      { path: '.', pathNot: ['^plugins/contracts/', '^node_modules/zod/'] },
    ),
    rule(
      'no-strapi-in-the-storefront',
      'The storefront reaches the API over HTTP, by the contract.',
      { path: '^storefront/', pathNot: tests },
      { path: '^node_modules/@strapi/' },
    ),
    rule(
      'storefront-knows-the-contract-only',
      'The storefront imports no code of the API but the contract.',
      { path: '^storefront/', pathNot: [tests, '^storefront/(build|browser)/'] },
      { path: ['^cms/', '^plugins/(?!contracts/)'] },
    ),
    rule(
      'storefront-shares-know-no-feature',
      'What all features share (requests, responses, the API client) imports none of them.',
      { path: '^storefront/src/(http|client)/', pathNot: tests },
      { path: '^storefront/(src/(features|pages)|server)/' },
    ),
    rule(
      'no-strapi-in-the-door',
      'The door answers while Strapi is away: it must not load it.',
      { path: '^cms/door/', pathNot: [tests, 'strapi-child\\.mjs$', '/bench/'] },
      { path: '^node_modules/@strapi/' },
    ),
    rule(
      'catalogue-knows-no-commerce',
      'Commerce imports the catalogue; the other direction would be a circle.',
      { path: '^plugins/catalogue/' },
      { path: '^plugins/commerce/' },
    ),
    rule(
      'mechanisms-know-no-plugin',
      'What several plugins use knows none of them, and nothing of Strapi.',
      { path: '^plugins/(database|jobs)/', pathNot: tests },
      { path: ['^plugins/(?!(contracts|database|jobs)/)', '^node_modules/@strapi/'] },
    ),
    rule(
      'backoff-stands-alone',
      'Domains and the storefront may wait by it: it drags nothing along.',
      { path: '^plugins/jobs/backoff\\.ts$' },
      { path: '.' },
    ),
    rule(
      'mailer-knows-no-orders',
      'The mailer is given what a mail says; it imports neither orders nor payments nor the catalogue.',
      { path: '^plugins/mailer/', pathNot: tests },
      { path: '^plugins/(catalogue|commerce|stripe)/' },
    ),
    rule(
      'templates-are-pure',
      'A template turns data into text: no vendor, no I/O.',
      { path: '^plugins/mailer/templates/', pathNot: tests },
      {
        path: [
          '^node_modules/(?!(zod|markdown-it)/)',
          '^(fs|http|https|net|child_process|os)$',
          '^plugins/mailer/(adapters|server)/',
        ],
      },
    ),
    rule(
      'read-side-is-light',
      'The door loads the read side at start: Strapi and picture codecs would slow it.',
      { path: '^plugins/catalogue/(read|csv)/', pathNot: tests },
      { path: '^node_modules/(@strapi|sharp)/' },
    ),
    rule(
      'env-and-telemetry-below-all',
      'Every process loads these libraries, so they import no part of the shop.',
      { path: '^infra/(env|http|telemetry|process)/', pathNot: tests },
      { path: '^(cms|plugins|storefront|infra/(supervisor|harness))/' },
    ),
    rule(
      'harness-in-tests-only',
      'The product never loads the test harness.',
      {
        path: '^(cms|plugins|storefront|infra/(env|telemetry|process|supervisor))/',
        pathNot: [tests, '/(browser|bench|fixture)/', '\\.bench\\.ts$', '/test-'],
      },
      { path: '^infra/(harness|faults)/' },
    ),
    rule(
      'simulator-stands-apart',
      'The shop reaches Stripe by an address and imports no code of the simulator.',
      {
        path: '^(cms|plugins|storefront|infra/(env|telemetry|process|supervisor))/',
        pathNot: [tests, '/(browser|bench|fixture)/', '\\.bench\\.ts$', '/test-'],
      },
      { path: '^infra/stripe-simulator/' },
    ),
    rule(
      'simulator-knows-no-shop',
      'The simulator stands for Stripe, which has none of the shop’s code.',
      { path: '^infra/stripe-simulator/', pathNot: tests },
      { path: '^(cms|plugins|storefront|infra/(env|telemetry|process|supervisor|harness))/' },
    ),
    rule(
      'no-circles',
      'Files of a circle cannot be read, tested or loaded one without the other.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'resolvable',
      'Every import leads somewhere.',
      { pathNot: ['\\.astro$', '/admin/'] },
      {
        couldNotResolve: true,
        pathNot: ['^astro:', '^virtual:', '/dist/', '\\.astro/', '^(?:\\./|\\.\\./)*built-in/'],
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)(dist|build|\\.astro|\\.cache|\\.strapi|generated)/', '\\.d\\.ts$'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
