export * from './options';
export * from './replica-split';
