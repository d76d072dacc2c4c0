import { Capability } from '../../model/capabilities';

/** Access by mutual TLS identity, which Linkerd's own policies give whatever the routes are. */
export function capabilities(ofRoutes: ReadonlySet<Capability>): ReadonlySet<Capability> {
  return new Set([...ofRoutes, 'ServiceAccountAccess', 'NamespaceAccess', 'RequestAccess']);
}
