export * from './lib/src/jest';
