import { App, Chart, Testing } from 'cdk8s';
import {
  CanaryService, CanaryServiceProps, ExposeViaGatewayOptions, GatewayApiGateway, GatewayApiGatewayProps, GatewayApiOptions, Mesh, MeshNamespace,
} from '../../../src';
import { reported } from '../../findings';
import { Manifest } from '../../manifests';

export interface Declared extends Partial<CanaryServiceProps> {
  readonly options?: GatewayApiOptions;
}

export interface Exposed {
  readonly gateway: Partial<GatewayApiGatewayProps>;
  readonly exposure?: ExposeViaGatewayOptions;
}

/** A service `web` in namespace `shop`, with one HTTP port 80 and the versions v1, v2 and v3 unless declared otherwise. */
export function declare(chart: Chart, { options, ...props }: Declared, ...exposed: Exposed[]): CanaryService {
  const service = new CanaryService(chart, 'web', {
    mesh: Mesh.gatewayApi(options),
    ports: [{ port: 80 }],
    versions: ['v1', 'v2', 'v3'].map((name) => ({ name, image: `web:${name}` })),
    ...(props.weights || props.splitByPods ? {} : { weights: { v1: 1 } }),
    ...props,
  });
  exposed.forEach(({ gateway, exposure }, index) => {
    service.exposeViaGateway(new GatewayApiGateway(chart, `edge${index || ''}`, { listeners: [], gatewayClassName: 'edge', ...gateway }), exposure);
  });
  return service;
}

export function manifestsOf(declared: Declared, ...exposed: Exposed[]): Manifest[] {
  const chart = chartOf();
  declare(chart, declared, ...exposed);
  return Testing.synth(chart) as Manifest[];
}

export function findingsOf(declared: Declared, ...exposed: Exposed[]): string[] {
  const chart = chartOf();
  declare(chart, declared, ...exposed);
  return reported(() => Testing.synth(chart));
}

/** The labels and annotations of a namespace of the mesh. */
export function namespaceOf(options: GatewayApiOptions): unknown {
  const chart = chartOf();
  new MeshNamespace(chart, 'shop', { mesh: Mesh.gatewayApi(options) });
  return (Testing.synth(chart) as Manifest[])[0].metadata;
}

/** The specs of all objects of a kind, by name. */
export function specsOf(manifests: readonly Manifest[], kind: string): Record<string, unknown> {
  return Object.fromEntries(manifests.filter((manifest) => manifest.kind === kind).map(({ metadata, spec }) => [metadata.name, spec]));
}

function chartOf(): Chart {
  return new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
}
