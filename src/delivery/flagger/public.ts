export { FlaggerCanary } from './construct';
export * from './options';
