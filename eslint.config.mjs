import comments from '@eslint-community/eslint-plugin-eslint-comments';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const typescript = ['**/*.ts'];

export default defineConfig(
  globalIgnores(['dist/', 'data/', 'coverage/']),

  js.configs.recommended,
  {
    plugins: { '@eslint-community/eslint-comments': comments },
    linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
    rules: {
      // A suppression is a claim, and a claim has its reason beside it: `-- why` after the rule's name.
      '@eslint-community/eslint-comments/require-description': ['error', { ignore: ['eslint-enable'] }],
      '@eslint-community/eslint-comments/no-unlimited-disable': 'error',
      '@eslint-community/eslint-comments/disable-enable-pair': ['error', { allowWholeFile: true }],
      eqeqeq: 'error',
    },
  },

  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      // Part of the strict set already; named here because the project depends on them.
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A leading underscore says: this name has to stand here, and nobody reads it.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
    },
  },

  {
    files: typescript,
    // jest calls the default export of a global setup or teardown.
    ignores: ['dialects/*/index.ts', 'test/support/global-*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
          message: 'Only dialects/*/index.ts has a default export: its declaration.',
        },
      ],
    },
  },

  {
    // What the gateway says goes to its log. Only the command line speaks to a person.
    files: ['src/**/*.ts', 'dialects/**/*.ts', 'migrations/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: { 'no-console': 'error' },
  },

  {
    files: ['test/**/*.ts'],
    rules: {
      // jest types its asymmetric matchers (`expect.any(String)`) as `any`, and they stand inside expected values.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // For the same reason: such expected values are passed on to a suite's own functions.
      '@typescript-eslint/no-unsafe-argument': 'off',
      // `expect(port.send).toHaveBeenCalled()` names a method and does not call it.
      '@typescript-eslint/unbound-method': 'off',
      // A stand-in for an asynchronous port promises an answer without having to wait for one.
      '@typescript-eslint/require-await': 'off',
    },
  },

  {
    // Configuration files of tools: plain JavaScript outside the TypeScript project, run by Node.
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'readonly', process: 'readonly' } },
  },
);
