import { LintRule } from '../../../lint/lint-rule';
import { configOf, NETWORKING } from '../read/config';
import { ROOT_NAMESPACE } from '../read/destination-rules';
import { servicePortProtocol } from '../read/protocol';
import { MESH, virtualService } from '../read/virtual-service';

const NAMING = 'name the port `http-...` or `grpc-...`, or set its `appProtocol`';

/** Rules for requests need a port on which the proxy looks for them. @see https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/ */
const PORT_HIDES_HTTP: LintRule = {
  code: 'port-hides-http',
  severity: 'error',
  *check({ evaluator: { cluster } }) {
    for (const object of cluster.ofKind(NETWORKING, 'VirtualService')) {
      const { hosts, http, gateways, visibility } = virtualService(object, cluster.clusterDomain);
      for (const host of http.length > 0 && gateways.includes(MESH) && !visibility.has('~') ? hosts : []) {
        const service = configOf(cluster).registry.find(host.toLowerCase(), object.namespace)?.service;
        const protocols = service?.ports.map((port) => servicePortProtocol(port)) ?? [];
        if (!service || protocols.length === 0 || protocols.some((protocol) => protocol === 'http' || protocol === 'sniffed')) continue;
        yield {
          object: service.object,
          place: 'spec.ports',
          message: `${service.ports.map((port, index) => `port ${port.number} is taken for "${protocols[index]}"`).join(', ')}: no rule under \`http\` of ${object.title} is asked`,
          remedy: NAMING,
        };
      }
    }
  },
};

const PORT_PROTOCOL_SNIFFED: LintRule = {
  code: 'port-protocol-sniffed',
  severity: 'info',
  like: ['IST0118', 'KIA0601'],
  *check({ evaluator: { cluster } }) {
    // Only where it is this mesh that looks at ports.
    if (cluster.ofKind(NETWORKING, 'VirtualService').length + cluster.ofKind(NETWORKING, 'DestinationRule').length === 0) return;
    for (const { object, namespace, ports } of cluster.services) {
      if (namespace === ROOT_NAMESPACE || namespace.startsWith('kube-')) continue;
      for (const [index, port] of ports.entries()) {
        if (servicePortProtocol(port) !== 'sniffed') continue;
        yield {
          object,
          place: `spec.ports[${index}]`,
          message: `nothing says what port ${port.number} speaks: the proxy looks at the first bytes of each connection`,
          remedy: NAMING,
        };
      }
    }
  },
};

export const PORT_RULES: readonly LintRule[] = [PORT_HIDES_HTTP, PORT_PROTOCOL_SNIFFED];
