export * from './app/sync-waves';
export * from './app/warnings';

export * from './canary-app';
export * from './canary-service';
export * from './canary-validation';
export * from './canary-version';
export * from './staged-app';

export * from './declaration/autoscaling';
export * from './declaration/client';
export * from './declaration/config-files';
export * from './declaration/cookie-match';
export * from './declaration/disruption-budget';
export * from './declaration/existing-deployment';
export * from './declaration/existing-service';
export * from './declaration/exposure';
export * from './declaration/fault';
export * from './declaration/gateway';
export * from './declaration/header-changes';
export * from './declaration/header-match';
export * from './declaration/http-method';
export * from './declaration/load-balancing';
export * from './declaration/mirror';
export * from './declaration/path-match';
export * from './declaration/protocol';
export * from './declaration/query-match';
export * from './declaration/redirect';
export * from './declaration/retries';
export * from './declaration/rewrite';
export * from './declaration/root-selector';
export * from './declaration/route';
export * from './declaration/service-declaration';
export * from './declaration/service-port';
export * from './declaration/source-match';
export * from './declaration/traffic-policy';
export * from './declaration/version';

export * from './delivery/public';

export * from './meshes';
export * from './meshes/mesh-namespace';
export * from './meshes/public';

export * from './decision';
export * from './lint';
export * from './request-source';
export * from './traffic';

export * from './rollout/capacity';
export * from './rollout/flux-options';
export * from './rollout/gate';
export * from './rollout/lane';
export * from './rollout/rollout';
export * from './rollout/rollout-props';
export * from './rollout/rollout-step';
