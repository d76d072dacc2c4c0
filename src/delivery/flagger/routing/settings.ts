import { listed } from '../../../model/nearest';
import { Report } from '../../../model/report';
import { RoutingModel } from '../../../model/routing-model';
import { Outside } from '../../outside';
import { STAGES } from '../../remedy';
import { NAME } from '../name';

type Setting = 'timeout' | 'retries' | 'rewrite' | 'requestHeaders' | 'responseHeaders';

/** Refuses what a provider leaves out without a word. */
export function refuseSettings(report: Report, model: RoutingModel, provider: string, settings: readonly Setting[]): void {
  const rule = model.rules.at(-1);
  const forward = rule?.action.kind === 'forward' ? rule.action : undefined;
  const given: Record<Setting, unknown> = {
    timeout: forward?.timeout,
    retries: forward?.retries,
    rewrite: forward?.rewrite,
    requestHeaders: rule?.requestHeaders,
    responseHeaders: rule?.responseHeaders,
  };
  for (const setting of settings.filter((name) => given[name] !== undefined)) {
    report.add('controller-unfit', setting, `${NAME} leaves it out with the provider "${provider}"`, `drop it, or ${STAGES}`);
  }
}

export function refusePolicies(report: Report, model: RoutingModel, provider: string): void {
  const policy = model.versions.find(({ trafficPolicy }) => trafficPolicy) ?? model;
  if (policy.trafficPolicy) report.add('controller-unfit', 'trafficPolicy', `${NAME} leaves it out with the provider "${provider}"`, `drop it, or ${STAGES}`);
}

export function refuseGateway(report: Report, { exposure: { gateway } }: Outside, provider: string): void {
  report.add('controller-unfit', 'gateway', `${NAME} splits nothing that comes through the gateway "${gateway.name}" with the provider "${provider}"`, `use a gateway that goes with the mesh, or ${STAGES}`);
}

/** Flagger writes one route for everybody, by a name of its own. */
export function refuseConditions(report: Report, { exposure, options }: Outside, others: readonly Outside[]): void {
  if (exposure.matches.length > 0) report.add('controller-unfit', 'matches', `${NAME} has the same conditions for all requests, inside and outside`, `drop the conditions, or ${STAGES}`);
  if (options.name !== undefined) report.add('controller-unfit', 'name', `${NAME} names the route after the service`, 'drop the name');
  const other = others.find(({ exposure: { hosts } }) => !sameHosts(hosts, exposure.hosts));
  if (other) report.add('controller-unfit', 'hosts', `${NAME} has the same hosts for all gateways, and those of "${other.exposure.gateway.name}" are ${listed(other.exposure.hosts)}`, 'expose the same hosts everywhere');
}

export function sameHosts(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((host) => others.includes(host));
}

export const ALL_SETTINGS: readonly Setting[] = ['timeout', 'retries', 'rewrite', 'requestHeaders', 'responseHeaders'];
