import { Finding } from '../finding';
import { hostsOverlap } from '../hosts';
import { Gateway, Listener } from '../routing-model';
import { Report } from './report';

/** What is wrong with a gateway itself, whoever is exposed on it. */
export function checkGateway(path: string, gateway: Gateway): Finding[] {
  const report = new Report(path);
  report.name('name', gateway.name, 'dns-1123-subdomain', 'give the gateway a valid `name`');
  report.name('namespace', gateway.namespace, 'dns-1123-label', 'give a valid `namespace`');
  if (gateway.listeners.length === 0) report.add('port-invalid', 'listeners', 'the gateway has no listener', 'declare at least one listener');
  gateway.listeners.forEach((listener, index) => {
    const place = `listeners[${index}]`;
    checkListener(report, listener, place);
    const earlier = gateway.listeners.slice(0, index);
    if (earlier.some((other) => clash(other, listener))) {
      report.add('port-duplicate', `${place}.port`, `port ${listener.port} is taken by another listener with another protocol or the same hosts`,
        'listeners on one port need one protocol, and hosts that do not overlap');
    } else if (earlier.some(({ name }) => name === listener.name)) {
      report.add('port-duplicate', `${place}.name`, `the listener name "${listener.name}" is used twice`, 'give each listener a `name` of its own');
    }
  });
  return report.findings;
}

/** Listeners may share a port, each with hosts and a certificate of its own. */
function clash(first: Listener, second: Listener): boolean {
  if (first.port !== second.port) return false;
  return first.protocol !== second.protocol || first.hosts.some((host) => second.hosts.some((other) => hostsOverlap(host, other)));
}

function checkListener(report: Report, listener: Listener, place: string): void {
  report.wholeNumber('port-invalid', `${place}.port`, listener.port, 1, 65535);
  report.name(`${place}.name`, listener.name, 'dns-1123-label', 'give the listener a valid `name`');
  if (listener.hosts.length === 0) report.add('port-invalid', `${place}.hosts`, 'the listener takes no host', 'name the hosts, or "*" for all');
  listener.hosts.forEach((host, index) => report.name(`${place}.hosts[${index}]`, host, 'wildcard-host', 'give a DNS name, "*." and a DNS name, or "*"'));
  checkTls(report, listener, `${place}.tls`);
}

function checkTls(report: Report, { protocol, tls, httpsRedirect }: Listener, place: string): void {
  const encrypted = protocol === 'HTTPS' || protocol === 'TLS';
  if (encrypted && !tls) report.add('port-invalid', place, `the listener takes ${protocol} and has no TLS settings`, 'give `tls`');
  if (!encrypted && tls) report.add('port-invalid', place, `TLS settings on a listener that takes ${protocol}`, 'use HTTPS or TLS, or drop `tls`');
  if (tls && tls.mode !== 'passthrough' && !tls.secretName) report.add('port-invalid', `${place}.secretName`, 'no Secret holds the certificate', 'give `secretName`');
  if (tls?.mode === 'passthrough' && protocol === 'HTTPS') {
    report.add('port-invalid', `${place}.mode`, 'what passes through as TLS cannot be taken as HTTPS', 'set the `protocol` to TLS');
  }
  if (tls?.mode === 'passthrough' && tls.secretName) report.add('port-invalid', `${place}.secretName`, 'the stream is passed through, so no certificate is needed', 'drop `secretName`');
  if (httpsRedirect && protocol !== 'HTTP') report.add('port-invalid', place, `httpsRedirect on a listener that takes ${protocol}`, 'set it on the HTTP listener');
}
