import { App, Chart, Testing } from 'cdk8s';
import { CanaryService, CanaryServiceProps, ExposeViaGatewayOptions, IstioGateway, IstioGatewayProps, IstioOptions, Mesh } from '../../../src';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels?: Record<string, string> };
  readonly spec: unknown;
}

export interface Declared extends Partial<CanaryServiceProps> {
  readonly options?: IstioOptions;
}

export interface Exposed {
  readonly gateway: IstioGatewayProps;
  readonly exposure?: ExposeViaGatewayOptions;
}

/** Manifests of a service `web` in namespace `shop`, with one HTTP port 80 and the versions v1 and v2 unless declared otherwise. */
export function manifestsOf({ options, ...props }: Declared, exposed?: Exposed): Manifest[] {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  const service = new CanaryService(chart, 'web', {
    mesh: Mesh.istio(options),
    ports: [{ port: 80 }],
    versions: [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }],
    ...(props.weights || props.splitByPods || props.versions ? {} : { weights: { v1: 1 } }),
    ...props,
  });
  if (exposed) service.exposeViaGateway(new IstioGateway(chart, 'edge', exposed.gateway), exposed.exposure);
  return Testing.synth(chart) as Manifest[];
}

/** The only object of a kind, or of a kind and name. */
export function one(manifests: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = manifests.filter((manifest) => manifest.kind === kind && (name === undefined || manifest.metadata.name === name));
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind} ${name ?? ''}`);
  return found[0];
}
