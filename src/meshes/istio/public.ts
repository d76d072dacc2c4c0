export * from './gateway';
export * from './injection';
export * from './options';
