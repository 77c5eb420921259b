import tseslint from 'typescript-eslint'

/** Rules are errors or absent (docs/adr/0001). SQL from strings is refused: use the query builder or the sql tag. */
export default tseslint.config(
  { ignores: ['node_modules', 'dist', '.mangnon', 'web/kit/api-types.ts', 'src/platform/database/tables.ts', 'docs'] },
  {
    files: ['src/**/*.ts', 'countries/**/*.ts', 'test/**/*.ts', 'web/**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.ts'] } } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-depth': ['error', 4],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='raw'][callee.object.name='sql']",
          message: 'No SQL from strings: use the sql tag with parameters.',
        },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
    },
  },
  { files: ['**/*.config.ts'], extends: [tseslint.configs.base], rules: { 'no-restricted-syntax': 'off' } },
)
