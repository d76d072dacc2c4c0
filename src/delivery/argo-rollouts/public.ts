export { ArgoRollout } from './construct';
export * from './options';
