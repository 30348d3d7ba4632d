import { readdirSync } from 'node:fs';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * The architecture as data: what each folder under lib/ may import besides itself.
 * A folder that is not listed here fails the lint run, so that a new concept is placed on purpose.
 */
const layers = {
  contracts: [],
  catalog: ['contracts'],
  'model-list': ['catalog', 'contracts'],
  policy: ['contracts'],
  emulator: ['policy', 'contracts'],
  facts: ['catalog', 'policy', 'contracts'],
  evaluation: ['contracts'],
  rules: ['facts', 'catalog', 'contracts'],
  inventory: ['facts', 'catalog', 'contracts'],
  review: ['inventory', 'rules', 'facts', 'catalog', 'contracts'],
  report: ['review', 'inventory', 'rules', 'facts', 'catalog', 'contracts'],
  guard: ['rules', 'facts', 'catalog', 'contracts'],
  accounts: ['guard', 'catalog', 'contracts'],
  gateway: ['accounts', 'guard', 'policy', 'catalog', 'contracts'],
  releases: ['accounts', 'guard', 'catalog', 'contracts'],
  orchestrators: ['releases', 'gateway', 'accounts', 'guard', 'catalog', 'contracts'],
  routing: ['orchestrators', 'releases', 'gateway', 'accounts', 'guard', 'policy', 'catalog', 'contracts'],
  operations: ['accounts', 'guard', 'catalog', 'contracts'],
  diagram: ['rules', 'facts', 'catalog', 'contracts'],
};

for (const folder of readdirSync(new URL('./lib/', import.meta.url), { withFileTypes: true })) {
  if (folder.isDirectory() && !(folder.name in layers)) {
    throw new Error(`lib/${folder.name} has no place in the layers of eslint.config.mjs: say what it may import.`);
  }
}

const hostFreeLayers = [
  'contracts',
  'catalog',
  'model-list',
  'policy',
  'emulator',
  'facts',
  'evaluation',
  'rules',
  'review',
  'inventory',
  'report',
  'diagram',
];

const zones = Object.entries(layers).map(([layer, allowed]) => ({
  target: `./lib/${layer}`,
  from: './lib',
  except: [`./${layer}`, ...allowed.map((name) => `./${name}`)],
  message: `lib/${layer} may import only ${[...allowed, 'itself'].join(', ')}.`,
}));

const providerRoot = {
  name: '@cdktf/provider-azurerm',
  message: 'Import a submodule: the root costs two seconds and 370 MiB.',
};

export default tseslint.config(
  { ignores: ['dist/', 'dist-jsii/', 'coverage/', '**/cdktf.out/', 'node_modules/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'import-x/order': [
        'error',
        { alphabetize: { order: 'asc' }, groups: ['builtin', 'external', 'parent', 'sibling'] },
      ],
      'no-restricted-imports': ['error', { paths: [providerRoot] }],
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: hostFreeLayers.map((layer) => `lib/${layer}/**/*.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['cdktf', 'cdktf/*', '@cdktf/*', 'constructs', 'aws-cdk-lib', 'aws-cdk-lib/*'] },
      ],
    },
  },
  {
    files: ['**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
