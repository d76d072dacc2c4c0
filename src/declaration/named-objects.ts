import { ExistingObject } from './existing-object';
import { ServiceDeclaration } from './service-declaration';
import { Port } from '../model/routing-model';

interface Document {
  readonly metadata: object;
  readonly spec: object;
}

/** What is taken over by name, as the documents that it is taken for; a Service has the declared ports. */
export function namedObjects(
  { root, versions }: ServiceDeclaration, namespace: string, declared: readonly Port[], appProtocol: (port: Port) => string,
): object[] {
  const ports = declared.map((port) => ({ name: port.name, port: port.number, targetPort: port.targetPort, appProtocol: appProtocol(port) }));
  return [
    ...(root ? documentOf(root._object, namespace, { ports }) : []),
    ...versions.flatMap(({ existing }) => (existing ? documentOf(existing._object, namespace, {}) : [])),
  ];
}

function documentOf(existing: ExistingObject, namespace: string, more: object): object[] {
  const found = existing.read();
  if (existing.written !== 'nowhere' || !('object' in found)) return [];
  const { metadata, spec, ...rest } = found.object.document as Document;
  return [{ ...rest, metadata: { ...metadata, namespace }, spec: { ...spec, ...more } }];
}
