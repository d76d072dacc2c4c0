import { Report } from '../../../model/report';
import { RoutingModel } from '../../../model/routing-model';
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
    report.add('controller-unfit', setting, `${NAME} leaves it out with the provider "${provider}"`, 'drop it, or use `CanaryService` with stages');
  }
}

export function refusePolicies(report: Report, model: RoutingModel, provider: string): void {
  const policy = model.versions.find(({ trafficPolicy }) => trafficPolicy) ?? model;
  if (policy.trafficPolicy) report.add('controller-unfit', 'trafficPolicy', `${NAME} leaves it out with the provider "${provider}"`, 'drop it, or use `CanaryService` with stages');
}

export const ALL_SETTINGS: readonly Setting[] = ['timeout', 'retries', 'rewrite', 'requestHeaders', 'responseHeaders'];
