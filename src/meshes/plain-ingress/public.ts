export * from './gateway';
export * from './options';
