import { KubeObject } from '../../../manifests/kube-object';

/** Namespaces that see an object: `*` for all of them. */
export type Visibility = ReadonlySet<string>;

/** `exportTo` of an object; none is all, `.` its own namespace, `~` no namespace. */
export function visibilityOf(namespaces: readonly string[], owner: string): Visibility {
  return new Set(namespaces.length === 0 ? ['*'] : namespaces.map((one) => (one === '.' ? owner : one)));
}

/** Of a Service, which has it as an annotation. @see https://istio.io/latest/docs/reference/config/annotations/#NetworkingExportTo */
export function visibilityOfService({ annotations, namespace }: KubeObject): Visibility {
  const stated = (annotations['networking.istio.io/exportTo'] ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  return visibilityOf(stated, namespace);
}

export function isVisible(visibility: Visibility, client: string): boolean {
  return !visibility.has('~') && (visibility.has('*') || visibility.has(client));
}

/**
 * In which turn a VirtualService is looked at: those of the client's namespace that nobody else sees come first, then those that are shown to
 * it by name, then those that all see.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/virtualservice.go SelectVirtualServices
 */
export function turnOf(visibility: Visibility, owner: string, client: string): number | undefined {
  if (visibility.has('*')) return 2;
  if (visibility.has('~') || !visibility.has(client)) return undefined;
  return owner === client ? 0 : 1;
}
