import { Manifest } from './services';

/**
 * What Flagger makes of the manifests on Istio: the objects at the beginning and at each weight of its analysis.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/istio.go
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler.go (runCanary, runAB)
 */
export function flaggerStates(manifests: readonly Manifest[]): Manifest[][] {
  const canary = manifests.find(({ kind }) => kind === 'Canary')!;
  const target = manifests.find(({ kind }) => kind === 'Deployment')!;
  const { analysis, service } = canary.spec;
  const made = [
    ...['web', 'web-primary', 'web-canary'].map((name) => serviceObject(name, service, name === 'web-canary' ? 'web' : 'web-primary', canary)),
    pods('web', 'web', 'canary', target), pods('web-primary', 'web-primary', 'primary', target),
  ];
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
