import { Manifest } from './services';

/**
 * What Flagger makes of the manifests: the objects at the beginning and at each weight of its analysis.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/istio.go
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/gateway_api.go
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/ingress.go
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler.go (runCanary, runAB)
 */
export function flaggerStates(manifests: readonly Manifest[]): Manifest[][] {
  const canary = manifests.find(({ kind }) => kind === 'Canary')!;
  const target = manifests.find(({ kind }) => kind === 'Deployment')!;
  const { analysis, service } = canary.spec;
  const made = [
    ...['web', 'web-primary', 'web-canary'].map((name) => serviceObject(name, service, name === 'web-canary' ? 'web' : 'web-primary', canary)),
    pods('web', 'web', 'canary', target), pods('web-primary', 'web-primary', 'primary', target),
    ...manifests.filter((manifest) => manifest !== canary && manifest !== target),
  ];
  const weights = [0, ...(analysis.stepWeights ?? [])];
  if (canary.spec.provider === 'gatewayapi:v1') return weights.map((weight) => [...made, httpRoute(canary, weight)]);
  if (canary.spec.provider === 'nginx') return weights.map((weight) => [...made, canaryIngress(manifests, canary, weight)]);
  const state = (http: any[]): Manifest[] => [...made, {
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'VirtualService',
    metadata: canary.metadata,
    spec: { hosts: [...(service.hosts ?? []), 'web'], gateways: service.gateways ?? ['mesh'], http },
  }];
  const common = { timeout: service.timeout, retries: service.retries, headers: service.headers, rewrite: service.rewrite };
  const shares = (weight: number, mirrored = false) => [{
    ...common,
    route: [to('web-primary', 100 - weight), to('web-canary', weight)],
    ...(mirrored && { mirror: { host: 'web-canary' }, mirrorPercentage: { value: analysis.mirrorWeight } }),
  }];
  const meant = { ...common, match: analysis.match, route: [to('web-primary', 0), to('web-canary', 100)] };
  if (analysis.match) return [state(shares(0)), state([meant, { ...common, route: [to('web-primary', 100)] }])];
  const mirrored = analysis.mirror ? [state(shares(0, true))] : [];
  return [state(shares(0)), ...mirrored, ...(analysis.stepWeights ?? []).map((weight: number) => state(shares(weight)))];
}

function to(host: string, weight: number): any {
  return { destination: { host }, weight };
}

function serviceObject(name: string, { port, portName, targetPort, appProtocol }: any, app: string, { metadata }: Manifest): Manifest {
  const spec = { type: 'ClusterIP', selector: { app }, ports: [{ name: portName, port, targetPort, appProtocol }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { ...metadata, name }, spec };
}

function pods(name: string, app: string, version: string, target: Manifest): Manifest {
  const { template } = target.spec;
  const labels = { ...template.metadata.labels, app, version };
  return {
    ...target,
    metadata: { ...target.metadata, name },
    spec: { ...target.spec, selector: { matchLabels: { app } }, template: { ...template, metadata: { labels } } },
  };
}

function httpRoute({ metadata, spec: { service } }: Manifest, weight: number): Manifest {
  const ref = (name: string, share: number) => ({ group: '', kind: 'Service', name, port: service.port, weight: share });
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata,
    spec: {
      parentRefs: service.gatewayRefs,
      hostnames: service.hosts,
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [ref('web-primary', 100 - weight), ref('web-canary', weight)] }],
    },
  };
}

/** A copy whose paths lead to the candidate where those of the first lead to the Service that clients call. */
function canaryIngress(manifests: readonly Manifest[], { spec: { ingressRef } }: Manifest, weight: number): Manifest {
  const ingress = manifests.find(({ kind, metadata }) => kind === 'Ingress' && metadata.name === ingressRef.name)!;
  const annotations = { 'nginx.ingress.kubernetes.io/canary': 'true', 'nginx.ingress.kubernetes.io/canary-weight': `${weight}` };
  const spec = JSON.parse(JSON.stringify(ingress.spec).replaceAll('"name":"web"', '"name":"web-canary"'));
  return { ...ingress, metadata: { ...ingress.metadata, name: `${ingress.metadata.name}-canary`, annotations } as Manifest['metadata'], spec };
}
