import { App, Chart, Testing } from 'cdk8s';
import { CanaryService, CanaryServiceProps, ExposeViaGatewayOptions, Gateway, Mesh } from '../../../src';
import { reported } from '../../findings';
import { Manifest } from '../../manifests';

export interface Exposed {
  /** The gateway; one of this name is made once. */
  readonly gateway: (chart: Chart) => Gateway;
  readonly props?: Partial<CanaryServiceProps> | ((gateway: Gateway) => Partial<CanaryServiceProps>);
  /** One exposure for each. */
  readonly exposures?: readonly ExposeViaGatewayOptions[];
}

/** A service `web` in namespace `shop` on Istio, with one HTTP port 80 and the versions v1 and v2, 90 to 10, unless declared otherwise. */
export function expose(chart: Chart, { gateway: make, props = {}, exposures = [{}] }: Exposed): CanaryService {
  const gateway = make(chart);
  const service = new CanaryService(chart, 'web', {
    mesh: Mesh.istio(),
    ports: [{ port: 80 }],
    versions: ['v1', 'v2'].map((name) => ({ name, image: `web:${name}` })),
    weights: { v1: 90, v2: 10 },
    ...(typeof props === 'function' ? props(gateway) : props),
  });
  for (const exposure of exposures) service.exposeViaGateway(gateway, exposure);
  return service;
}

export function manifestsOf(exposed: Exposed): Manifest[] {
  return synth((chart) => expose(chart, exposed));
}

export function synth(build: (chart: Chart) => void): Manifest[] {
  const chart = chartOf();
  build(chart);
  return Testing.synth(chart) as Manifest[];
}

export function findingsOf(build: (chart: Chart) => void): string[] {
  const chart = chartOf();
  build(chart);
  return reported(() => Testing.synth(chart));
}

/** Annotations and spec of all Ingresses, by name. */
export function ingressesOf(manifests: readonly Manifest[]): Record<string, unknown> {
  const ingresses = manifests.filter(({ kind }) => kind === 'Ingress') as (Manifest & { metadata: { annotations?: unknown } })[];
  return Object.fromEntries(ingresses.map(({ metadata, spec }) => [metadata.name, { annotations: metadata.annotations, spec }]));
}

function chartOf(): Chart {
  return new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
}
