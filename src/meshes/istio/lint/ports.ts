import { destinationsOf } from './destinations-of';
import { LintRule } from '../../../lint/lint-rule';
import { Cluster } from '../../../manifests/cluster';
import { ServicePort } from '../../../manifests/service';
import { Workload } from '../../../manifests/workload';
import { configOf, NETWORKING } from '../read/config';
import { ROOT_NAMESPACE } from '../read/destination-rules';
import { servers } from '../read/gateway-server';
import { fullName } from '../read/hosts';
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

/** The port that was called is taken. A host that is its own destination has it; another may not. */
const PORT_LEFT_OUT: LintRule = {
  code: 'port-left-out',
  severity: 'warning',
  like: ['IST0112'],
  *check({ evaluator: { cluster } }) {
    for (const object of cluster.ofKind(NETWORKING, 'VirtualService')) {
      const { hosts } = virtualService(object, cluster.clusterDomain);
      for (const destination of destinationsOf(object)) {
        const host = fullName(destination.at('host').text() ?? '', object.namespace, cluster.clusterDomain);
        const ports = configOf(cluster).registry.find(host, object.namespace)?.ports ?? [];
        if (destination.at('port').exists || ports.length < 2 || hosts.includes(host)) continue;
        yield {
          object,
          place: destination.place,
          message: `"${host}" has the ports ${ports.map(({ number }) => number).join(', ')}, and none is named: the one that was called is taken`,
          remedy: 'write `port: { number: ... }`',
        };
      }
    }
  },
};

/** The pods of a gateway get what a Service in front of them passes on, if both are among the manifests. */
const GATEWAY_PORT_UNEXPOSED: LintRule = {
  code: 'gateway-port-unexposed',
  severity: 'warning',
  like: ['IST0162'],
  *check({ evaluator: { cluster } }) {
    for (const gateway of cluster.ofKind(NETWORKING, 'Gateway')) {
      const selector = Object.entries(gateway.spec.at('selector').textMap());
      const pods = cluster.workloads.filter(({ labels }) => selector.length > 0 && selector.every(([key, value]) => labels[key] === value));
      const ports = pods.length === 0 ? [] : portsBefore(pods, cluster);
      for (const [index, { port }] of ports.length === 0 ? [] : servers(gateway).entries()) {
        if (ports.some(({ number, targetPort }) => number === port || targetPort === port)) continue;
        yield {
          object: gateway,
          place: `spec.servers[${index}].port`,
          message: `no Service passes port ${port} on to ${pods.map(({ object }) => object.title).join(', ')}, but ${ports.map(({ number }) => number).join(', ')}`,
          remedy: 'add the port to the Service of the gateway, or mend it here',
        };
      }
    }
  },
};

function portsBefore(pods: readonly Workload[], cluster: Cluster): ServicePort[] {
  return cluster.services.filter((service) => cluster.behind(service).some((workload) => pods.includes(workload))).flatMap(({ ports }) => ports);
}

export const PORT_RULES: readonly LintRule[] = [GATEWAY_PORT_UNEXPOSED, PORT_HIDES_HTTP, PORT_LEFT_OUT, PORT_PROTOCOL_SNIFFED];
