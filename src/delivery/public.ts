export * from './argo-rollouts/public';
export * from './flagger/public';
export { ArgoCdIgnoreDifference, FluxIgnoreRule, FluxIgnoreTarget } from './owned-fields';
export * from './props';
