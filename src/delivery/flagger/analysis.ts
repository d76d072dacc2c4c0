import { Duration } from 'cdk8s';
import { FlaggerContext } from './context';
import { httpMatch } from './http-match';
import { templateName } from '../metrics';
import { FlaggerAlertSeverity, FlaggerWebhookType } from './options';
import { approvalsOf, durationsOf, FlaggerSteps, flaggerSteps, heldSteps, metricsOf } from './steps';
import { CanarySpecAnalysis, CanarySpecAnalysisAlertsSeverity, CanarySpecAnalysisWebhooks, CanarySpecAnalysisWebhooksType } from '../../../imports/flagger.app';
import { Move } from '../move';
import { unlessEmpty } from '../unless-empty';

/** How long a step lasts where nothing says it: as Flagger does by itself. */
const DEFAULT_INTERVAL = 60_000;

const DEFAULT_THRESHOLD = 5;

const DAY = 24 * 3600;

export function analysis({ service, props, model }: FlaggerContext): CanarySpecAnalysis {
  const steps = flaggerSteps(service);
  const given = props.analysis ?? {};
  const interval = intervalOf(steps, given.interval);
  const mirror = steps.opening?.traffic.mirrors?.[0]?._toModel();
  const held = heldSteps(steps);
  const affinity = given.sessionAffinity;
  return {
    interval: seconds(interval),
    threshold: given.threshold ?? DEFAULT_THRESHOLD,
    ...(steps.kind === 'weights' ? weights(steps) : { iterations: iterations(held, interval) }),
    mirror: mirror && true,
    mirrorWeight: mirror?.percent,
    match: steps.kind === 'conditions' ? steps.opening?.traffic.routes.flatMap(({ matches }) => matches ?? []).map((match) => httpMatch(match)) : undefined,
    metrics: unlessEmpty(held.slice(-1).flatMap(metricsOf).map((metric) => ({
      name: metric.name,
      interval: seconds(metric.interval?.toMilliseconds() ?? DEFAULT_INTERVAL),
      thresholdRange: { min: metric.min, max: metric.max },
      templateRef: { name: templateName(model, metric) },
    }))),
    webhooks: unlessEmpty([...approvals(steps, given.approvalUrl), ...(given.webhooks ?? []).map((webhook) => ({
      name: webhook.name,
      type: webhook.type as string as CanarySpecAnalysisWebhooksType,
      url: webhook.url,
      timeout: webhook.timeout && seconds(webhook.timeout.toMilliseconds()),
      metadata: webhook.metadata,
    }))]),
    alerts: given.alerts && unlessEmpty(given.alerts.map(({ name, severity, provider, providerNamespace }) => ({
      name,
      severity: (severity ?? FlaggerAlertSeverity.INFO) as string as CanarySpecAnalysisAlertsSeverity,
      providerRef: { name: provider, namespace: providerNamespace },
    }))),
    sessionAffinity: affinity && { ...affinity, maxAge: affinity.maxAge?.toSeconds() ?? DAY },
  };
}

function weights({ weighted }: FlaggerSteps): CanarySpecAnalysis {
  return { stepWeights: weighted.map(({ percent }) => percent), maxWeight: weighted.at(-1)?.percent };
}

/** Flagger looks, waits, and looks again: one time for all steps. */
export function intervalOf(steps: FlaggerSteps, given: Duration | undefined): number {
  const [declared] = steps.kind === 'weights' ? heldSteps(steps).flatMap(durationsOf) : [];
  return given?.toMilliseconds({ integral: false }) ?? declared ?? DEFAULT_INTERVAL;
}

/** As many looks as the declared time takes, at least one. */
function iterations(held: readonly Move[], interval: number): number {
  const longest = Math.max(0, ...held.flatMap(durationsOf));
  return Math.max(1, Math.ceil(longest / interval));
}

/** Steps where Flagger can ask a person: before the promotion, or before each weight. */
export function askable({ weighted, opening, kind }: FlaggerSteps): readonly Move[] {
  if (kind === 'weights') return weighted;
  return opening ? [opening] : [];
}

export function asksPerson(steps: FlaggerSteps): boolean {
  return askable(steps).some((step) => approvalsOf(step).length > 0);
}

function approvals(steps: FlaggerSteps, url: string | undefined): CanarySpecAnalysisWebhooks[] {
  const asked = askable(steps).filter((step) => approvalsOf(step).length > 0);
  if (asked.length === 0 || url === undefined) return [];
  const type = asked.length > 1 ? FlaggerWebhookType.CONFIRM_TRAFFIC_INCREASE : FlaggerWebhookType.CONFIRM_PROMOTION;
  const metadata = Object.fromEntries(asked.map((step) => [step.name, approvalsOf(step).map(({ text }) => text).join('; ')]));
  return [{ name: 'approval', type: type as string as CanarySpecAnalysisWebhooksType, url, metadata }];
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}
