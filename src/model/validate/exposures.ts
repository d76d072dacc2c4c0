import { candidatePorts, exposedRules, passesThrough } from '../exposed-rules';
import { Finding } from '../finding';
import { hostCovers, hostsOverlap } from '../hosts';
import { isHttpMatch } from '../match';
import { listed } from '../nearest';
import { carriesHttp } from '../protocols';
import { Exposure, Listener, RoutingModel } from '../routing-model';
import { checkMatch } from './matches';
import { Report } from '../report';

export function checkExposures(model: RoutingModel): Finding[] {
  return model.exposures.flatMap((exposure) => {
    const report = new Report(exposure.path);
    checkExposure(report, model, exposure);
    return report.findings;
  });
}

function checkExposure(report: Report, model: RoutingModel, exposure: Exposure): void {
  report.name('name', exposure.name, 'dns-1123-subdomain', 'give the exposure a valid `name`');
  if (exposure.hosts.length === 0) report.add('exposure-invalid', 'hosts', 'no host is exposed', 'name the hosts, or "*" for all');
  exposure.hosts.forEach((host, index) => {
    report.name(`hosts[${index}]`, host, 'wildcard-host', 'give a DNS name, "*." and a DNS name, or "*"');
    const wider = exposure.hosts.find((other, at) => at !== index && hostCovers(other, host) && (other !== host || at < index));
    if (wider !== undefined) {
      report.add('exposure-invalid', `hosts[${index}]`, wider === host ? `"${host}" stands there twice` : `"${wider}" already covers "${host}"`, 'name each host once');
    }
  });
  exposure.matches.forEach((_, index) => checkExposureMatch(report, model, exposure, index));
  if (exposure.port !== undefined && !model.ports.some((port) => port.number === exposure.port)) {
    report.add('port-unknown', 'port', `the service has no port ${exposure.port}, declared are ${model.ports.map(({ number }) => number).join(', ')}`, 'name a declared port');
    return;
  }
  checkListeners(report, model, exposure);
}

function checkExposureMatch(report: Report, model: RoutingModel, exposure: Exposure, index: number): void {
  const match = exposure.matches[index];
  const place = `matches[${index}]`;
  checkMatch(report, model, match, place);
  if (match.source || match.gateway !== undefined) {
    report.add('exposure-invalid', place, 'what comes through the gateway has no other source or gateway', 'drop `source` and `gateway`');
  } else if (!isHttpMatch(match)) {
    report.add('exposure-invalid', place, 'the match has no condition, so that it takes everything', 'leave `matches` out if everything is meant');
  }
}

function checkListeners(report: Report, model: RoutingModel, exposure: Exposure): void {
  const known = exposure.gateway.listeners;
  if (exposure.listener !== undefined && !known.some(({ name }) => name === exposure.listener)) {
    report.add('listener-missing', 'listener', `the gateway "${exposure.gateway.name}" has no listener "${exposure.listener}", it has ${listed(known.map(({ name }) => name))}`,
      'name one of its listeners');
    return;
  }
  const ports = candidatePorts(model, exposure);
  if (ports.length === 0) {
    report.add('listener-missing', exposure.listener === undefined ? 'gateway' : 'listener',
      `no listener of the gateway "${exposure.gateway.name}" (${describe(known)}) fits ${portsText(model, exposure)}`,
      'add a listener of that protocol to the gateway, or expose another port');
  } else if (ports.length > 1) {
    report.add('exposure-invalid', 'port', `the ports ${ports.map(({ number }) => number).join(', ')} all fit the listeners`, 'say which one with `port`');
  } else {
    checkAgainstPort(report, model, exposure);
  }
}

function checkAgainstPort(report: Report, model: RoutingModel, exposure: Exposure): void {
  const exposed = exposedRules(model, exposure)!;
  if (!carriesHttp(exposed.port.protocol) && exposure.matches.length > 0) {
    report.add('rule-needs-http', 'matches', `conditions on requests, and port ${exposed.port.number} carries ${exposed.port.protocol}`, 'drop `matches`');
  }
  if (!carriesHttp(exposed.port.protocol) && exposed.listeners.some((listener) => !passesThrough(listener)) && exposure.hosts.some((host) => host !== '*')) {
    report.add('exposure-invalid', 'hosts', `port ${exposed.port.number} carries ${exposed.port.protocol}, whose connections name no host`, 'use "*"');
  }
  for (const { rule, what } of exposed.problems) {
    report.add('conditions-inexpressible', 'matches', `together with ${rule.place} it would have to say ${what}`, 'use conditions of one kind in both places');
  }
  exposure.hosts.forEach((host, index) => {
    if (exposed.listeners.some((listener) => listener.hosts.some((other) => hostsOverlap(other, host)))) return;
    report.add('exposure-invalid', `hosts[${index}]`, `no listener of the gateway "${exposure.gateway.name}" takes the host "${host}", they take ${listed([...new Set(exposed.listeners.flatMap(({ hosts }) => hosts))])}`,
      'add the host to a listener');
  });
}

function describe(listeners: readonly Listener[]): string {
  return listeners.map(({ name, protocol, tls }) => `"${name}": ${protocol}${tls ? ` ${tls.mode}` : ''}`).join(', ') || 'it has none';
}

function portsText(model: RoutingModel, exposure: Exposure): string {
  const ports = model.ports.filter((port) => exposure.port === undefined || exposure.port === port.number);
  return ports.map(({ number, protocol }) => `port ${number} (${protocol})`).join(' or ');
}
