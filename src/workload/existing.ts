import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingObject } from '../declaration/existing-object';
import { serviceOf } from '../manifests/service';
import { Metadata, Port } from '../model/routing-model';

/** What the cluster adds to an object, and kubectl shows with it. */
const OF_THE_CLUSTER = ['creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const ANNOTATIONS_OF_THE_CLUSTER = ['deployment.kubernetes.io/revision', 'kubectl.kubernetes.io/last-applied-configuration'];

type Fields = Readonly<Record<string, unknown>>;

interface Document {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Fields;
  readonly status?: unknown;
}

/** Writes an existing object as it was given, if it is written here; the object in the app, if there is one. */
export function renderExisting(scope: Construct, id: string, existing: ExistingObject, namespace: string): ApiObject | undefined {
  if (existing.construct) {
    scope.node.addDependency(existing.construct);
    return existing.construct;
  }
  const found = existing.read();
  if (existing.written === 'nowhere' || !('object' in found)) return undefined;
  const { status: _, metadata, ...rest } = found.object.document as Document;
  return new ApiObject(scope, id, { ...rest, metadata: { namespace, ...ownMetadata(metadata) } });
}

function ownMetadata({ annotations, ...metadata }: Fields): Fields {
  const own = without((annotations ?? {}) as Fields, ANNOTATIONS_OF_THE_CLUSTER);
  return { ...without(metadata, OF_THE_CLUSTER), ...(Object.keys(own).length > 0 && { annotations: own }) };
}

/** Gives an existing Service what the mesh needs on it. Name, selector and type stay. */
export function addToService(service: ApiObject, existing: ExistingObject, metadata: Metadata, protocols: ReadonlyMap<number, string>): void {
  const { labels, annotations } = metadata;
  for (const [key, value] of Object.entries(labels ?? {})) service.metadata.addLabel(key, value);
  for (const [key, value] of Object.entries(annotations ?? {})) service.metadata.addAnnotation(key, value);
  const found = existing.read();
  if (!('object' in found)) return;
  serviceOf(found.object).ports.forEach(({ number, appProtocol, transport }, index) => {
    const protocol = protocols.get(number);
    if (protocol === undefined || appProtocol !== undefined || transport !== 'TCP') return;
    service.addJsonPatch(JsonPatch.add(`/spec/ports/${index}/appProtocol`, protocol));
  });
}

export function protocolsOf(ports: readonly Port[], appProtocol: (port: Port) => string): ReadonlyMap<number, string> {
  return new Map(ports.map((port) => [port.number, appProtocol(port)]));
}

function without(fields: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
}
