import { overlap } from './hosts';
import { HttpMatch } from './http-match';
import { httpRuleRefusal } from './refusal-http';
import { destinationsRefusal, exportRefusal, first, typeRefusal } from './refusal-parts';
import { MESH, StreamRule, VirtualService } from './virtual-service';

/**
 * Why the API server or Istio's webhook would not take a VirtualService in, as far as it changes traffic: such an object has no effect.
 * @see https://github.com/istio/istio/blob/release-1.31/pkg/config/validation/validation.go (ValidateVirtualService)
 */
export function refusal(service: VirtualService): string | undefined {
  const { object, http, tcp, tls } = service;
  if (http.length + tcp.length + tls.length === 0) return 'it has neither http, tcp nor tls';
  return hostsRefusal(service)
    ?? exportRefusal(object)
    ?? first(http, (rule) => httpRuleRefusal(rule, service.hosts.length === 0))
    ?? claimsRefusal(service)
    ?? first(tcp, streamRefusal)
    ?? first(tls, (rule) => streamRefusal(rule) ?? namesRefusal(rule, service))
    // Last: only what has been read is known to have a wrong type.
    ?? typeRefusal(object);
}

function hostsRefusal({ object, hosts, gateways, tcp, tls }: VirtualService): string | undefined {
  if (hosts.length === 0) return object.spec.at('gateways').items().length + tcp.length + tls.length > 0 ? 'it has gateways, tcp or tls but no hosts' : undefined;
  if (hosts.includes('')) return 'a host is empty';
  if (gateways.includes(MESH) && hosts.includes('*')) return 'the host "*" is not for the mesh';
  const written = object.spec.at('hosts').texts();
  const twice = written.find((host, index) => written.slice(index + 1).some((other) => overlap(host, other)));
  return twice === undefined ? undefined : `"${twice}" covers another of its hosts`;
}

/** Claims of tokens are known to gateways only. */
function claimsRefusal({ http, gateways }: VirtualService): string | undefined {
  const asks = ({ headers, withoutHeaders }: HttpMatch) => [...headers.keys(), ...withoutHeaders.keys()].some((name) => name.startsWith('@request.auth.claims'));
  return gateways.includes(MESH) && http.some((rule) => rule.matches.some(asks)) ? 'claims of tokens are matched by gateways only' : undefined;
}

function streamRefusal({ place, routes }: StreamRule): string | undefined {
  return routes.length === 0 ? `${place}.route is missing` : destinationsRefusal(place, routes);
}

function namesRefusal({ place, matches }: StreamRule, { object }: VirtualService): string | undefined {
  if (matches.length === 0) return `${place}.match is missing`;
  const hosts = object.spec.at('hosts').texts();
  return first(matches, (match) => {
    if (match.sniHosts.length === 0) return `${match.place}.sniHosts is missing`;
    const strange = match.sniHosts.find((name) => !hosts.some((host) => within(name, host)));
    return strange === undefined ? undefined : `${match.place}.sniHosts: "${strange}" is none of its hosts`;
  });
}

function within(name: string, host: string): boolean {
  return host.startsWith('*') ? name.replace(/^\*/, '').endsWith(host.slice(1)) && name.length >= host.length - 1 : name === host;
}
