import { meshObject, meshOf } from './kuma';
import { Call } from './policies';
import { byTag, portCalled, Referred, referred, speaksHttp } from './services';
import { Destination, Target } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';

/** Backends of a rule that get something. */
export interface Split {
  readonly destinations: readonly Destination[];
  /** What newer versions of Kuma do otherwise. */
  readonly doubts: readonly string[];
}

/**
 * Shares of the backends that are there: Kuma 2.14 leaves out the others, those without weight, and for requests those whose port speaks no HTTP.
 * Without any reference the Service itself gets everything.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/xds/meshroute/listeners.go (makeSplits)
 */
export function split(refs: readonly Field[], call: Call, policyNamespace: string, http: boolean): Split {
  if (refs.length === 0) return { destinations: !http || speaksHttp(call.port) ? [{ weight: 1, to: itself(call, http) }] : [], doubts: [] };
  const found = refs.map((ref) => ({ ref, weight: ref.at('weight').integer() ?? 1, to: backend(ref, call, policyNamespace, http) }));
  const sharing = found.filter(({ weight }) => weight > 0);
  const missing = sharing.filter(({ to }) => to === undefined);
  return {
    destinations: sharing.flatMap(({ weight, to }) => (to ? [{ weight, to }] : [])),
    doubts: missing.map(({ ref }) => `there is no MeshService ${ref.at('name').text() ?? ''} for ${ref.place.replace(/^spec\./, '')}${http ? ' that speaks HTTP' : ''}: Kuma 2.14 leaves it out, and later versions answer 500`),
  };
}

export function itself({ service, port }: Call, http: boolean): Target {
  return { kind: 'pods', service, port: port.number, emptyStatus: http ? 503 : 'closed' };
}

function backend(ref: Field, call: Call, policyNamespace: string, http: boolean): Target | undefined {
  const kind = ref.at('kind').text();
  if (kind === 'MeshExternalService') return { kind: 'outside', host: ref.at('name').text() ?? '' };
  if (kind !== 'MeshService' && kind !== 'MeshServiceSubset') return undefined;
  const { services: [service], port: named } = meant(ref, call, policyNamespace);
  const port = service && named !== undefined ? portCalled(service, named) : undefined;
  if (!service || !port || (http && !speaksHttp(port))) return undefined;
  const labels = ref.at('tags').textMap();
  return { kind: 'pods', service, port: port.number, emptyStatus: http ? 503 : 'closed', ...Object.keys(labels).length > 0 ? { labels, subset: JSON.stringify(labels) } : {} };
}

/** Without a port the name is a tag of old, which says the port itself; a Mesh with MeshServices only knows none. */
function meant(ref: Field, { cluster, source }: Call, policyNamespace: string): Referred {
  const [port, section] = [ref.at('port').integer(), ref.at('sectionName').text() || undefined];
  const real = ref.at('kind').text() === 'MeshService' && (port !== undefined || section !== undefined);
  if (real) return { ...referred(cluster, ref, policyNamespace), port: section ?? port };
  return (isExclusive(cluster, meshOf(cluster, source.namespace)) ? undefined : byTag(cluster, ref.at('name').text() ?? '')) ?? { services: [] };
}

function isExclusive(cluster: Cluster, mesh: string): boolean {
  return meshObject(cluster, mesh)?.spec.at('meshServices').at('mode').text() === 'Exclusive';
}

/** The receiver of a mirror is looked for among the tags of old, and without one there Kuma makes no configuration at all. */
export function mirrored(ref: Field, call: Call): Target | undefined {
  const legacy = ref.at('port').integer() === undefined && !ref.at('sectionName').text();
  return legacy ? backend(ref, call, '', true) : undefined;
}
