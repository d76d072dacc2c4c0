import { LintRule } from '../../../lint/lint-rule';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';
import { carries } from '../../../manifests/label-selector';
import { NETWORKING } from '../read/config';
import { shareHosts } from '../read/gateway-hosts';
import { servers } from '../read/gateway-server';
import { MESH, VirtualService, virtualService } from '../read/virtual-service';
import { Visibility } from '../read/visibility';

function virtualServices(cluster: Cluster): VirtualService[] {
  return cluster.ofKind(NETWORKING, 'VirtualService').map((object) => virtualService(object, cluster.clusterDomain));
}

/** Sidecars follow one object for a host; gateways put the rules of all together. @see https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services */
const HOST_CLAIMED_TWICE: LintRule = {
  code: 'host-claimed-twice',
  severity: 'warning',
  like: ['IST0109', 'KIA1106'],
  *check({ evaluator: { cluster } }) {
    const claims = virtualServices(cluster).filter(({ gateways }) => gateways.includes(MESH))
      .flatMap((service) => [...new Set(service.hosts.map((host) => host.toLowerCase()))].map((host) => ({ host, service })));
    for (const [host, same] of groupedBy(claims, (claim) => claim.host)) {
      for (const [index, { service }] of same.entries()) {
        const rivals = same.slice(0, index).filter((other) => meet(other.service.visibility, service.visibility));
        if (rivals.length === 0) continue;
        yield {
          object: service.object,
          place: 'spec.hosts',
          message: `"${host}" is a host of ${rivals.map((rival) => rival.service.object.title).join(', ')} too: sidecars follow one of them, and the rules of the others count for nothing`,
          remedy: 'put the rules for a host into one VirtualService, or show each to other namespaces with `exportTo`',
        };
      }
    }
  },
};

/** Whether some namespace sees both. */
function meet(one: Visibility, other: Visibility): boolean {
  if (one.has('~') || other.has('~')) return false;
  return one.has('*') || other.has('*') || [...one].some((namespace) => other.has(namespace));
}

const GATEWAY_HOST_MISMATCH: LintRule = {
  code: 'gateway-host-mismatch',
  severity: 'warning',
  like: ['IST0132'],
  *check({ evaluator: { cluster } }) {
    for (const service of virtualServices(cluster)) {
      for (const name of service.hosts.length === 0 ? [] : service.gateways) {
        const gateway = cluster.find(NETWORKING, 'Gateway', ...parts(name));
        if (!gateway || servers(gateway).some((server) => shareHosts(server, service))) continue;
        yield {
          object: service.object,
          place: 'spec.hosts',
          message: `${gateway.title} takes requests for ${servers(gateway).flatMap(({ hosts }) => hosts).join(', ') || 'no host'}, and for none of ${service.hosts.join(', ')}`,
          remedy: 'add the host to a server of the Gateway, or mend it here',
        };
      }
    }
  },
};

/** One listener takes a connection: which of two equal ones is not to be seen here. */
const GATEWAYS_COLLIDE: LintRule = {
  code: 'gateways-collide',
  severity: 'warning',
  like: ['IST0145', 'KIA0301'],
  *check({ evaluator: { cluster } }) {
    const taken = cluster.ofKind(NETWORKING, 'Gateway').flatMap((gateway) => servers(gateway).flatMap(({ port, bind, hosts }) => hosts.map((host) => ({ gateway, port, bind, host }))));
    for (const same of groupedBy(taken, ({ port, bind, host }) => `${port} ${bind} ${host}`).values()) {
      for (const { gateway, port, host } of same.slice(1)) {
        const [first] = same;
        if (first.gateway === gateway || !samePods(selectorOf(first.gateway), selectorOf(gateway))) continue;
        yield {
          object: gateway,
          place: 'spec.servers',
          message: `the same pods take "${host}" on port ${port} for ${first.gateway.title} too`,
          remedy: 'keep one server for each host and port, and bind the routes to it',
        };
      }
    }
  },
};

function parts(name: string): [namespace: string, name: string] {
  const [namespace, rest] = name.split('/');
  return [namespace, rest ?? ''];
}

function selectorOf({ spec }: VirtualService['object']): Record<string, string> {
  return spec.at('selector').textMap();
}

/** One asks for all that the other does, so that some pod is for both. */
function samePods(one: Record<string, string>, other: Record<string, string>): boolean {
  return carries(one, other) || carries(other, one);
}

export const HOST_RULES: readonly LintRule[] = [GATEWAY_HOST_MISMATCH, GATEWAYS_COLLIDE, HOST_CLAIMED_TWICE];
