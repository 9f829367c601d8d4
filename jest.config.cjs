/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Named, so that jest looks neither into dist nor into the data folder of a gateway that runs here.
  roots: ['<rootDir>/src', '<rootDir>/dialects', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/setup-after-env.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  // A net under what hangs, not a measure: a loaded machine takes several times as long.
  testTimeout: 120_000,
  // A CI machine often shows more cores than it gives; every worker holds a pool on the one PostgreSQL.
  ...(process.env.CI ? { maxWorkers: 2 } : {}),
};
