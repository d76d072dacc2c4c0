export * from './argo-rollouts/public';
export * from './flagger/public';
export * from './ignored-fields';
export * from './controlled-service-props';
export * from './controlled-service';
