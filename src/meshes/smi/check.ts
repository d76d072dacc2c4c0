import { NamedRequest, requestNames, requestsOf } from './access';
import { checkExposure } from './check-exposure';
import { checkSplits } from './check-splits';
import { Dialect } from './dialect';
import { takesMatches } from './kinds';
import { Finding } from '../../model/finding';
import { bothMatches, EVERYTHING } from '../../model/match';
import { Report } from '../../model/report';
import { Client, Match, RoutingModel } from '../../model/routing-model';

/** What a mesh that follows SMI cannot keep of a model. */
export function check(model: RoutingModel, dialect: Dialect): Finding[] {
  const report = new Report(model.path);
  const { place, message, remedy } = dialect.deprecation;
  report.warn('mesh-deprecated', place, message, remedy);
  if (takesMatches(dialect.splitVersion)) report.findings.push(...checkSplits(model));
  report.findings.push(...model.exposures.flatMap((exposure) => checkExposure(model, exposure, dialect)));
  checkSharedAccounts(report, model);
  checkOverlaps(report, model);
  for (const name of ['trafficSplitName', 'httpRouteGroupName', 'tcpRouteName'] as const) {
    const given = dialect[name];
    if (given !== undefined) report.name(`mesh.${name}`, given, 'dns-1123-subdomain', 'give a valid name');
  }
  return report.findings;
}

/**
 * Clients with other requests have targets of their own. Where one request fits several, Open Service Mesh takes the routes in no fixed order,
 * and the one found first may be for the other client.
 */
function checkOverlaps(report: Report, model: RoutingModel): void {
  const clients = model.clients ?? [];
  clients.forEach((client, index) => {
    const other = clients.slice(0, index).find((earlier) => requestNames(earlier) !== requestNames(client) && overlap(earlier, client));
    if (other) {
      report.add('access-invalid', `allowFrom[${index}].requests`, `some of these requests are allowed to "${clientName(other)}" in other words too, and the mesh may take either`,
        'give both clients the same requests, or requests that exclude each other');
    }
  });
}

function overlap(a: Client, b: Client): boolean {
  return requestsOf(a).some((one) => requestsOf(b).some((other) => sharesMethod(one, other) && bothMatches(pathOf(one), pathOf(other)).kind !== 'never'));
}

function sharesMethod(a: NamedRequest, b: NamedRequest): boolean {
  return a.methods.length === 0 || b.methods.length === 0 || a.methods.some((method) => b.methods.includes(method));
}

function pathOf({ path }: NamedRequest): Match {
  return { ...EVERYTHING, path };
}

function clientName(client: Client): string {
  return client.kind === 'service-account' ? `${client.namespace}/${client.name}` : client.namespace;
}

/** A TrafficTarget names an account: pods of other services under the same account would be opened too. */
function checkSharedAccounts(report: Report, model: RoutingModel): void {
  if (!model.clients) return;
  model.versions.filter(({ serviceAccount }) => serviceAccount === 'default').forEach(({ name }) => {
    report.add('access-invalid', `versions.${name}`, 'its pods run under the account "default", like all others that say nothing, and access goes by account',
      'give the version a service account of its own');
  });
}
