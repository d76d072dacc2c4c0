import { Finding } from '../finding';
import { listed } from '../nearest';
import { hasHttp } from '../protocols';
import { Report } from '../report';
import { Client, RoutingModel } from '../routing-model';
import { checkPath, METHODS } from './matches';

export function checkAccess(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  const clients = model.clients ?? [];
  clients.forEach((client, index) => {
    const place = `allowFrom[${index}]`;
    report.name(place, client.namespace, 'dns-1123-label', 'give the name of a namespace');
    if (client.kind === 'service-account') report.name(place, client.name, 'dns-1123-subdomain', 'give the name of a service account');
    if (clients.slice(0, index).some((other) => sameClient(other, client))) {
      report.add('access-invalid', place, 'the same client is allowed twice', 'name it once, with all its requests');
    }
    checkRequests(report, model, client, `${place}.requests`);
  });
  checkRequestNames(report, clients);
  return report.findings;
}

function checkRequests(report: Report, model: RoutingModel, { requests }: Client, place: string): void {
  if (requests.length > 0 && !hasHttp(model)) {
    report.add('rule-needs-http', place, 'requests are told apart by HTTP, and no port carries it', 'drop `requests`');
  }
  requests.forEach(({ name, path, methods }, index) => {
    const at = `${place}[${index}]`;
    if (name !== undefined) report.name(`${at}.name`, name, 'dns-1123-label', 'give a valid `name`');
    if (path) checkPath(report, path, `${at}.path`);
    for (const method of methods.filter((one) => !METHODS.includes(one))) {
      report.add('match-invalid', `${at}.methods`, `the method is "${method}"`, `use one of ${METHODS.join(', ')}`);
    }
    if (!path && methods.length === 0) report.add('access-invalid', at, 'it has no condition, so that every request is meant', 'leave `requests` out if everything is meant');
  });
}

/** One name stands for the same requests, whoever sends them. */
function checkRequestNames(report: Report, clients: readonly Client[]): void {
  const known = new Map<string, string>();
  clients.forEach(({ requests }, index) => requests.forEach(({ name, path, methods }, at) => {
    if (name === undefined) return;
    const meaning = JSON.stringify([path, methods]);
    if ((known.get(name) ?? meaning) !== meaning) {
      report.add('access-invalid', `allowFrom[${index}].requests[${at}].name`, `the name "${name}" stands for other requests already; names in use: ${listed([...known.keys()])}`,
        'give each kind of request a name of its own');
    }
    known.set(name, known.get(name) ?? meaning);
  }));
}

function sameClient(a: Client, b: Client): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && (a.kind !== 'service-account' || b.kind !== 'service-account' || a.name === b.name);
}
