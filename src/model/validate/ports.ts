import { Finding } from '../finding';
import { PROTOCOLS } from '../protocols';
import { Report } from '../report';
import { Port, RoutingModel } from '../routing-model';

const MAX_PORT = 65535;

export function checkPorts(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  if (model.ports.length === 0) report.add('port-invalid', 'ports', 'the service has no port', 'declare at least one port');
  model.ports.forEach((port, index) => checkPort(report, model, port, `ports[${index}]`));
  checkDistinct(report, model.ports);
  return report.findings;
}

function checkPort(report: Report, model: RoutingModel, port: Port, place: string): void {
  report.wholeNumber('port-invalid', `${place}.port`, port.number, 1, MAX_PORT);
  if (port.targetPort !== port.number) report.wholeNumber('port-invalid', `${place}.targetPort`, port.targetPort, 1, MAX_PORT);
  if (!PROTOCOLS.includes(port.protocol)) {
    report.add('port-invalid', `${place}.protocol`, `the protocol is "${port.protocol}"`, `use one of ${PROTOCOLS.join(', ')}`);
  }
  report.wholeNumber('port-invalid', `${place}.nodePort`, port.nodePort, 1, MAX_PORT);
  report.name(`${place}.name`, port.name, 'dns-1123-label', 'give the port a valid `name`');
  if (port.protocol === 'HTTPS') {
    report.add('port-invalid', `${place}.protocol`, 'HTTPS is a protocol of gateway listeners',
      'declare TLS: the pods terminate it, so no mesh sees the requests inside');
  }
  if (port.nodePort !== undefined && model.root.type === 'ClusterIP') {
    report.add('port-invalid', `${place}.nodePort`, `node port ${port.nodePort} on a Service of type ClusterIP`, 'set `serviceType` to NODE_PORT or LOAD_BALANCER');
  }
  if (port.sniHosts.length > 0 && port.protocol !== 'TLS') {
    report.add('port-invalid', `${place}.sniHosts`, `server names on a port of protocol ${port.protocol}`, 'only TLS connections name a server: set `protocol` to TLS');
  }
  port.sniHosts.forEach((host, index) => report.name(`${place}.sniHosts[${index}]`, host, 'dns-host', 'give a DNS name'));
}

function checkDistinct(report: Report, ports: readonly Port[]): void {
  ports.forEach((port, index) => {
    const earlier = ports.slice(0, index);
    if (earlier.some((other) => other.number === port.number)) {
      report.add('port-duplicate', `ports[${index}].port`, `port ${port.number} is declared twice`, 'give each port a number of its own');
    } else if (earlier.some((other) => other.name === port.name)) {
      report.add('port-duplicate', `ports[${index}].name`, `the port name "${port.name}" is used twice`, 'give each port a `name` of its own');
    }
    const shared = earlier.find((other) => other.number !== port.number && other.targetPort === port.targetPort && other.protocol !== port.protocol);
    if (shared) {
      report.add('port-invalid', `ports[${index}].targetPort`, `the containers' port ${port.targetPort} is sent ${shared.protocol} and ${port.protocol}`,
        'give each protocol a target port of its own');
    }
    if (port.nodePort !== undefined && earlier.some((other) => other.nodePort === port.nodePort)) {
      report.add('port-duplicate', `ports[${index}].nodePort`, `node port ${port.nodePort} is used twice`, 'give each port a node port of its own');
    }
  });
}
