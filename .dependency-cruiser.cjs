/**
 * Who may import whom, kept by a check rather than by memory. The picture, an arrow reading "imports":
 *
 *   dialects/*   -> src/dialect, src/contract -> src/core -> knex, pg
 *   src/http     -> src/dialect, src/core
 *   src/translation -> src/contract, src/dialect, src/core, src/page
 *   src/kit      -> src/contract, src/dialect, src/core, src/page
 *   src/test-door -> src/core
 *   src/platform -> src/core, src/dialect (types), migrations
 *   src/cli, and what is not shipped (test, bench, scripts) -> everything
 */

/** Libraries that a dialect may use besides joi: pure functions over values, with no state and no input or output. */
const pureLibraries = ['pinyin-pro'];

/** What stands between a socket and a dialect. */
const httpLibraries = [
  'express',
  'express-jwt',
  'helmet',
  'joi',
  'jsonwebtoken',
  'multer',
  'pino',
  'proxy-addr',
];

/** What reads descriptions, shows differences and writes reports. */
const kitLibraries = ['jest-diff', 'joi', 'junit-report-builder', 'yaml'];

/** Where an import from one of these npm packages ends up, its types in `@types` included. */
const packages = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;

/** Any npm package: installed here, linked from elsewhere, or not to be found at all. */
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

/** Tests that start processes past the recorder of answers: a browser, a linter, an SDK, a shell, a database, jest. */
const startersOfNoGateway = [
  '^test/support/(command-line|readme|launcher-process)\\.ts$',
  '^test/browser/chromium\\.ts$',
  '^test/dialects/[^/]+/play-client\\.ts$',
  '^test/kit/kit\\.test\\.ts$',
  '^test/openapi/(lint|tap\\.test)\\.ts$',
  '^test/platform/(embedded-postgres|sms-webhook-document)\\.test\\.ts$',
];

/** Anything of Idiom's own. */
const ours = '^(src|dialects|migrations|test|bench|scripts)/';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'Two files that need each other are one file, or a third one is missing.',
      {},
      {
        circular: true,
      },
    ),
    rule('nothing-unresolved', 'An import must lead somewhere.', {}, { couldNotResolve: true }),
    rule(
      'no-undeclared-packages',
      'A package that only another package brings along may leave with it.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'no-development-packages',
      'What ships runs without the development dependencies.',
      { path: '^(src|dialects|migrations)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'core-knows-no-other-room',
      'The core is what the product does; it knows no HTTP, no wire and no platform.',
      { path: '^src/core/' },
      { path: ours, pathNot: '^src/core/' },
    ),
    rule(
      'core-libraries',
      'The core stores through knex and pg, and reads phone numbers. Nothing else.',
      { path: '^src/core/' },
      { dependencyTypes: npm, pathNot: packages('knex', 'pg', 'libphonenumber-js') },
    ),
    rule(
      'core-built-ins',
      'The world stands behind ports: of Node, the core takes pure computation (net: the forms of addresses), and types.',
      { path: '^src/core/' },
      {
        dependencyTypes: ['core'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^(node:)?(crypto|buffer|net)$',
      },
    ),
    rule(
      'core-database',
      'Operations speak to the store; only the store and what opens it speak to the database.',
      { path: '^src/core/', pathNot: '^src/core/(store/|create-core\\.ts$)' },
      { path: packages('knex', 'pg'), dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'dialect-contract',
      'What a dialect is, is said in words of the core and nothing else.',
      { path: '^src/dialect/' },
      { path: ours, pathNot: '^src/(dialect|core)/' },
    ),
    rule(
      'dialect-contract-libraries',
      'The contract is data and pure functions; joi checks shapes.',
      { path: '^src/dialect/' },
      { dependencyTypes: npm, pathNot: packages('joi') },
    ),
    rule(
      'dialect-contract-built-ins',
      'The contract is data and pure functions; of Node it takes types.',
      { path: '^src/dialect/' },
      { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'http-knows-no-dialect',
      'The host mounts any dialect and knows none by name; the platform is handed in.',
      { path: '^src/http/' },
      { path: ours, pathNot: '^src/(http|dialect|core)/' },
    ),
    rule(
      'http-libraries',
      'What stands between a socket and a dialect; the database and the mail are elsewhere.',
      { path: '^src/http/' },
      { dependencyTypes: npm, pathNot: packages(...httpLibraries) },
    ),

    rule(
      'test-door-works-on-the-core',
      'The door brings about what the core can do; it is handed to the host, and knows no dialect by name.',
      { path: '^src/test-door/' },
      { path: ours, pathNot: '^src/(test-door|core|dialect)/' },
    ),
    rule(
      'test-door-libraries',
      'A router and the shapes of bodies; the database, the mail and the clock are handed in.',
      { path: '^src/test-door/' },
      { dependencyTypes: npm, pathNot: packages('express', 'joi') },
    ),
    rule(
      'test-door-is-opened-in-one-place',
      'Only who composes the gateway decides that there is a door.',
      { path: '^src/', pathNot: ['^src/test-door/', '^src/gateway\\.ts$'] },
      { path: '^src/test-door/' },
    ),

    rule(
      'contract-speaks-as-a-client',
      'A contract run gets the dialect handed in, and reaches the gateway over HTTP only.',
      { path: '^src/contract/' },
      { path: ours, pathNot: '^src/(contract|dialect|core)/' },
    ),
    rule(
      'contract-libraries',
      'A contract run needs Node and nothing else.',
      { path: '^src/contract/' },
      { dependencyTypes: npm },
    ),

    rule(
      'kit-is-a-client',
      'The kit gets dialects handed in, and reaches every target over HTTP only.',
      { path: '^src/kit/' },
      { path: ours, pathNot: '^src/(kit|contract|dialect|core|page)/' },
    ),
    rule(
      'kit-libraries',
      'The kit compares, shows and reports; it stores nothing and serves nothing.',
      { path: '^src/kit/' },
      { dependencyTypes: npm, pathNot: packages(...kitLibraries) },
    ),
    rule(
      'kit-sees-public-faces',
      'What the kit needs of the other rooms is a word of theirs.',
      { path: '^src/kit/' },
      { path: '^src/(core|dialect|contract)/', pathNot: '^src/(core|dialect|contract)/index\\.ts$' },
    ),

    rule(
      'translation-sends-nothing',
      'A translation is computed from what dialects declare; it is handed them, and reaches no gateway and no database.',
      { path: '^src/translation/' },
      { path: ours, pathNot: '^src/(translation|page)/|^src/(core|dialect|contract)/index\\.ts$' },
    ),
    rule(
      'translation-libraries',
      'shell-quote splits lines, joi checks files, and one of their forms has published types.',
      { path: '^src/translation/' },
      { dependencyTypes: npm, pathNot: packages('joi', 'shell-quote', 'har-format') },
    ),
    rule(
      'translation-built-ins',
      'What is read and written is handed in and out as text.',
      { path: '^src/translation/' },
      {
        dependencyTypes: ['core'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^(node:)?buffer$',
      },
    ),
    rule(
      'pages-stand-alone',
      'A page is made of text and knows nobody.',
      { path: '^src/page/' },
      { path: '.', pathNot: '^src/page/' },
    ),

    rule(
      'platform-serves-the-core',
      'The platform is the world behind the ports of the core.',
      { path: '^src/platform/' },
      { path: ours, pathNot: '^(src/(platform|core|dialect)|migrations)/' },
    ),
    rule(
      'platform-knows-dialects-as-types',
      'The platform reads the settings that dialects declare; it does nothing for a dialect.',
      { path: '^src/platform/' },
      { path: '^src/dialect/', dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'migrations-stand-alone',
      'A migration means the same for ever, whatever becomes of the code.',
      { path: '^migrations/' },
      { path: ours, pathNot: '^migrations/' },
    ),
    rule(
      'migrations-libraries',
      'A migration is handed its database.',
      { path: '^migrations/' },
      { dependencyTypes: [...npm, 'core'], pathNot: [packages('knex'), '^(node:)?crypto$'] },
    ),

    rule(
      'dialects-see-public-faces-only',
      'A dialect sees the index of the core, of the contract and of the contract runs. If it needs more, a word is missing there.',
      { path: '^dialects/[^/]+/' },
      { path: ours, pathNot: ['^src/(core|dialect|contract)/index\\.ts$', '^dialects/[^/]+/'] },
    ),
    rule(
      'dialects-never-meet',
      'What two dialects share belongs to the contract or to the core.',
      { path: '^dialects/([^/]+)/' },
      { path: '^dialects/', pathNot: '^dialects/$1/' },
    ),
    rule(
      'dialects-libraries',
      'A dialect is pure translation. A further library goes on the list at the top of this file.',
      { path: '^dialects/[^/]+/' },
      { dependencyTypes: npm, pathNot: packages('joi', ...pureLibraries) },
    ),
    rule(
      'dialects-built-ins',
      'A dialect is pure translation: no input, no output, no time.',
      { path: '^dialects/[^/]+/' },
      {
        dependencyTypes: ['core'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^(node:)?(zlib|crypto|buffer)$',
      },
    ),
    rule(
      'dialects-listed-once',
      'Only who composes the gateway names dialects; everyone else is handed some.',
      { pathNot: ['^src/main\\.ts$', '^src/cli/', '^(test|bench|scripts)/', '^dialects/'] },
      { path: '^dialects/' },
    ),
    rule(
      'list-names-dialects-only',
      'The list holds one line for each dialect.',
      { path: '^dialects/index\\.ts$' },
      { path: ours, pathNot: ['^dialects/[^/]+/index\\.ts$', '^src/dialect/index\\.ts$'] },
    ),

    rule(
      'tests-start-gateways-where-they-are-heard',
      'test/support/command-line.ts and readme.ts record what a gateway answers, to hold it to its description. Everyone else here starts what serves no wire.',
      { path: '^test/', pathNot: startersOfNoGateway },
      { path: '^(node:)?(child_process|cluster)$' },
    ),
    rule(
      'nothing-ships-from-tests',
      'Tests know the product; the product does not know its tests.',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
    rule(
      'nothing-ships-from-tools',
      'The bench and the scripts use the product and are not used by it.',
      { path: '^(src|dialects|migrations)/' },
      { path: '^(bench|scripts)/' },
    ),
    rule(
      'rooms-do-not-reach-up',
      'main and cli compose the rooms; no room knows who composes it.',
      {
        path: '^(src/(core|dialect|http|contract|kit|page|platform|test-door|translation)|dialects|migrations)/',
      },
      { path: '^src/(main\\.ts$|cli/)' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: a boundary that only a type crosses is crossed.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'types', 'default'],
      mainFields: ['main', 'types'],
    },
    cache: false,
  },
};
