// What each mesh's folder shows to users, a line each.
export * from './gateway-api/public';
export * from './ingress-nginx/public';
export * from './istio/public';
export * from './kubernetes/public';
export * from './kuma/public';
export * from './linkerd/public';
export * from './plain-ingress/public';
export * from './smi/public';
