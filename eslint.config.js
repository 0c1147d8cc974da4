import astro from 'eslint-plugin-astro';
import importSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

const size = {
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': [
    'error',
    { max: 50, skipBlankLines: true, skipComments: true, IIFEs: true },
  ],
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/build/index*',
      '**/.cache/',
      '**/.astro/',
      '**/.strapi/',
      '**/types/generated/',
      '**/*.d.ts',
      '.data/',
      'test-results/',
      'infra/**/go/',
      'storefront/built-in/',
    ],
  },
  ...tseslint.configs.recommended,
  ...astro.configs.recommended,
  {
    plugins: { 'import-sort': importSort },
    rules: {
      ...size,
      'import-sort/imports': [
        'error',
        { groups: [['^node:', '^@?\\w', '^@comptoir/', '^'], ['^\\.']] },
      ],
      'import-sort/exports': 'error',
      'no-nested-ternary': 'error',
      'max-statements-per-line': ['error', { max: 1 }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message: 'Parse instead of `as unknown as`.',
        },
      ],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    // The environment is read in one place; everyone else calls loadEnv.
    files: ['storefront/src/**', 'plugins/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Use loadEnv of @comptoir/env.' },
      ],
    },
  },
  {
    // Rules that ask the type checker. One program for the whole house is the fastest way to run
    // them (36 s of CPU, where a program a project takes 62 s). A script in a template has no
    // types.
    files: ['**/*.ts', '**/*.tsx'],
    ignores: ['**/*.astro/**'],
    languageOptions: {
      parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // `npm run verify` runs the unit tests in one process, where a mocked module would be mocked
    // for every file.
    files: ['**/*.test.ts', '**/*.test.tsx'],
    ignores: ['**/*.int.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['mock', 'doMock', 'stubGlobal', 'stubEnv'].map((property) => ({
          object: 'vi',
          property,
          message: 'Pass what the code needs as an argument.',
        })),
      ],
    },
  },
  {
    // A test suite and a table of cases are long without being complicated.
    files: ['**/*.test.ts', '**/*.browser.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
);
