import { Capability } from '../../model/capabilities';

/** Access by mutual TLS identity, which Linkerd's own policies give whatever the routes are; they let in clients, not single requests. */
export function capabilities(ofRoutes: ReadonlySet<Capability>): ReadonlySet<Capability> {
  const access: readonly Capability[] = ['ServiceAccountAccess', 'NamespaceAccess'];
  return new Set([...ofRoutes, ...access].filter((capability) => capability !== 'RequestAccess'));
}
