export { FlaggerCanary } from './construct';
export * from './options';
export * from './metric-provider';
