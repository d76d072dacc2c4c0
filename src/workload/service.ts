import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Port } from '../model/routing-model';

export interface ServiceObject {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly Port[];
  readonly type: kplus.ServiceType;
  /** Protocol of a port in the words of the mesh. */
  readonly appProtocol: (port: Port) => string;
}

/** A Service of cdk8s-plus, with what that has no word for: the protocol of each port, and no empty lists. */
export function renderService(scope: Construct, id: string, object: ServiceObject): kplus.Service {
  const service = new kplus.Service(scope, id, {
    metadata: { name: object.name, namespace: object.namespace, labels: object.labels, annotations: object.annotations && { ...object.annotations } },
    type: object.type,
    ports: object.ports.map(({ number, targetPort, nodePort, name }) => ({ port: number, targetPort, nodePort, name, protocol: kplus.Protocol.TCP })),
  });
  for (const [key, value] of Object.entries(object.selector)) service.selectLabel(key, value);
  ApiObject.of(service).addJsonPatch(
    JsonPatch.remove('/spec/externalIPs'),
    ...object.ports.map((port, index) => JsonPatch.add(`/spec/ports/${index}/appProtocol`, object.appProtocol(port))),
  );
  return service;
}
