import { Finding } from '../finding';
import { PROTOCOLS } from '../protocols';
import { Report } from '../report';
import { Gateway, Listener } from '../routing-model';

/** What is wrong with a gateway itself, whoever is exposed on it. */
export function checkGateway(path: string, gateway: Gateway): Finding[] {
  const report = new Report(path);
  report.name('name', gateway.name, 'dns-1123-label', 'give the gateway a valid `name`');
  report.name('namespace', gateway.namespace, 'dns-1123-label', 'give a valid `namespace`');
  if (gateway.listeners.length === 0) report.add('listener-invalid', 'listeners', 'the gateway has no listener', 'declare at least one listener');
  gateway.listeners.forEach((listener, index) => {
    const place = `listeners[${index}]`;
    checkListener(report, listener, place);
    const earlier = gateway.listeners.slice(0, index);
    if (earlier.some((other) => clash(other, listener))) {
      report.add('listener-duplicate', `${place}.port`, `port ${listener.port} is taken by another listener with another protocol or the same hosts`,
        'listeners on one port need one protocol, and hosts of their own');
    } else if (earlier.some(({ name }) => name === listener.name)) {
      report.add('listener-duplicate', `${place}.name`, `the listener name "${listener.name}" is used twice`, 'give each listener a `name` of its own');
    }
  });
  return report.findings;
}

/** Listeners may share a port where the server name tells them apart, or the host: each with hosts and a certificate of its own. */
function clash(first: Listener, second: Listener): boolean {
  if (first.port !== second.port) return false;
  const encrypted = [first, second].every(({ protocol }) => protocol === 'HTTPS' || protocol === 'TLS');
  if ((first.protocol !== second.protocol && !encrypted) || first.protocol === 'TCP') return true;
  return first.hosts.some((host) => second.hosts.includes(host));
}

function checkListener(report: Report, listener: Listener, place: string): void {
  report.wholeNumber('listener-invalid', `${place}.port`, listener.port, 1, 65535);
  if (!PROTOCOLS.includes(listener.protocol)) {
    report.add('listener-invalid', `${place}.protocol`, `the protocol is "${listener.protocol}"`, `use one of ${PROTOCOLS.join(', ')}`);
  }
  report.name(`${place}.name`, listener.name, 'dns-1123-label', 'give the listener a valid `name`');
  if (listener.hosts.length === 0) report.add('listener-invalid', `${place}.hosts`, 'the listener takes no host', 'name the hosts, or "*" for all');
  listener.hosts.forEach((host, index) => report.name(`${place}.hosts[${index}]`, host, 'wildcard-host', 'give a DNS name, "*." and a DNS name, or "*"'));
  checkTls(report, listener, `${place}.tls`);
}

function checkTls(report: Report, { protocol, tls, httpsRedirect }: Listener, place: string): void {
  const encrypted = protocol === 'HTTPS' || protocol === 'TLS';
  if (encrypted && !tls) report.add('listener-invalid', place, `the listener takes ${protocol} and has no TLS settings`, 'give `tls`');
  if (!encrypted && tls) report.add('listener-invalid', place, `TLS settings on a listener that takes ${protocol}`, 'use HTTPS or TLS, or drop `tls`');
  if (tls && tls.mode !== 'passthrough' && !tls.secretName) report.add('listener-invalid', `${place}.secretName`, 'no Secret holds the certificate', 'give `secretName`');
  if (tls?.mode === 'passthrough' && protocol === 'HTTPS') {
    report.add('listener-invalid', `${place}.mode`, 'what passes through as TLS cannot be taken as HTTPS', 'set the `protocol` to TLS');
  }
  if (tls?.mode === 'passthrough' && tls.secretName) report.add('listener-invalid', `${place}.secretName`, 'the stream is passed through, so no certificate is needed', 'drop `secretName`');
  if (httpsRedirect && protocol !== 'HTTP') report.add('listener-invalid', place.replace(/tls$/, 'httpsRedirect'), `httpsRedirect on a listener that takes ${protocol}`, 'set it on the HTTP listener');
}
