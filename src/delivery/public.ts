export * from './argo-rollouts/public';
export * from './flagger/public';
export * from './ignored-fields';
export * from './props';
export * from './service';
