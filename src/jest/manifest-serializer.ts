import { Chart } from 'cdk8s';
import { stringify } from 'yaml';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** Part of a name that cdk8s makes of the construct's path, so that it changes when a construct is renamed. */
const HASH = /-c8[0-9a-f]{6}(?![0-9a-z])/g;

/**
 * Prints charts and lists of manifests as YAML documents, for snapshots: in the order of kind, namespace and name, without the hashes that cdk8s
 * puts into names, so that a construct that is renamed, or declared elsewhere, changes nothing that the cluster would not see.
 */
export const manifestSerializer = {
  test(value: unknown): boolean {
    return Chart.isChart(value) || (Array.isArray(value) && value.length > 0 && value.every(isManifest));
  },
  serialize(value: unknown): string {
    const manifests = Chart.isChart(value) ? (value as Chart).toJson() as Manifest[] : value as Manifest[];
    const documents = manifests.map((manifest) => ({ key: keyOf(manifest), text: stringify(manifest, { lineWidth: 0 }).replace(HASH, '-hash') }));
    return documents.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ text }) => text).join('---\n');
  },
};

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value;
}

function keyOf({ kind, metadata = {} }: Manifest): string {
  return [kind, metadata.namespace ?? '', (metadata.name ?? '').replace(HASH, '-hash')].join('/');
}
