/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  setupFiles: [
    '<rootDir>/test/support/without-creation-traces.ts',
    '<rootDir>/test/support/without-finished-contexts.ts',
  ],
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/quick-tests-first.js',
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.js'],
  collectCoverageFrom: ['lib/**/*.ts', '!lib/**/index.ts'],
};
