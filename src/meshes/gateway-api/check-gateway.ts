import { capabilities } from './capabilities';
import { checkRoute } from './check-route';
import { planExposure } from './exposure';
import { Implementation } from './implementation';
import { compareRanks } from './precedence';
import { RoutePlan } from './route-plan';
import { CAPABILITIES, needs } from '../../model/capabilities';
import { exposedRules } from '../../model/exposed-rules';
import { Finding } from '../../model/finding';
import { bothMatches } from '../../model/match';
import { Report } from '../../model/report';
import { Exposure, Gateway, RoutingModel } from '../../model/routing-model';

/** A gateway, as its routes have to know it. */
export interface GatewaySettings {
  readonly implementation: Implementation;
  /** Whether its pods belong to the mesh, under the account that the model names. */
  readonly inMesh: boolean;
  /** Whether it admits routes of other namespaces. */
  readonly everyNamespace: boolean;
}

export interface BoundExposure {
  readonly model: RoutingModel;
  readonly exposure: Exposure;
}

/** Settings of listeners for which a Gateway of the Gateway API has no words, or other ones. */
export function checkListeners(path: string, { listeners }: Gateway): Finding[] {
  const report = new Report(path);
  listeners.forEach(({ hosts, tls, httpsRedirect }, index) => {
    const place = `listeners[${index}]`;
    if (hosts.length > 1) report.add('listener-invalid', `${place}.hosts`, `a listener of the Gateway API takes one host, not ${hosts.length}`, 'declare a listener for each');
    if (tls?.mode === 'mutual') report.add('listener-invalid', `${place}.tls.mode`, 'a listener of the Gateway API asks no client for a certificate', 'use `TlsMode.TERMINATE`');
    if (httpsRedirect) report.add('listener-invalid', `${place}.httpsRedirect`, 'a listener of the Gateway API redirects nothing', 'declare a route with a `redirect`');
    if (tls?.secretName) report.name(`${place}.tls.secretName`, tls.secretName, 'dns-1123-subdomain', 'give the name of a Secret');
  });
  return report.findings;
}

/** What the gateway cannot keep of an exposure. It sends straight to the pods: of what the mesh does on the way, nothing happens. */
export function checkExposure(bound: BoundExposure, settings: GatewaySettings, onGateway: readonly BoundExposure[]): Finding[] {
  const { model, exposure } = bound;
  const report = new Report(exposure.path);
  checkNeeds(report, bound, settings);
  checkIdentity(report, bound, settings);
  if (!settings.everyNamespace && model.namespace !== exposure.gateway.namespace) {
    report.add('exposure-invalid', 'gateway', `the gateway "${exposure.gateway.name}" admits routes of its namespace "${exposure.gateway.namespace}" alone, and the service is in "${model.namespace}"`,
      'give the gateway `allowedRoutes: AllowedRoutes.ALL`');
  }
  for (const plan of planExposure(model, exposure, settings.implementation)) checkPlan(report, plan, bound, settings.implementation);
  checkOthers(report, bound, onGateway, settings);
  return report.findings;
}

function checkNeeds(report: Report, { model, exposure }: BoundExposure, { implementation }: GatewaySettings): void {
  const exposed = exposedRules(model, exposure);
  if (!exposed) return;
  const can = capabilities(implementation, ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute']);
  for (const { capability, place } of needs({ ...model, ports: [exposed.port], rules: exposed.rules, clients: undefined })) {
    if (can.has(capability)) continue;
    report.add('capability-missing', place, `the gateway "${exposure.gateway.name}" (${implementation.name}) sends straight to the pods and cannot ${CAPABILITIES[capability].does} (${capability})`,
      implementation.remedies[capability] ?? 'leave it out, or use a gateway of the mesh');
  }
}

function checkIdentity(report: Report, { model, exposure }: BoundExposure, { inMesh }: GatewaySettings): void {
  if (!model.clients || inMesh) return;
  report.add('exposure-invalid', 'gateway', `the service lets in named clients only, and the pods of the gateway "${exposure.gateway.name}" have no account that the mesh knows`,
    'give the gateway `serviceAccountName` if its pods belong to the mesh, or drop `allowFrom`');
}

function checkPlan(report: Report, plan: RoutePlan, { exposure }: BoundExposure, implementation: Implementation): void {
  if (!implementation.gatewayKinds.includes(plan.kind)) {
    report.add('capability-missing', 'gateway', `${implementation.name} takes no ${plan.kind} for gateways`, 'choose another implementation');
  }
  if (plan.kind === 'TLSRoute' && plan.hostnames.length === 0) {
    report.add('exposure-invalid', 'hosts', 'a TLSRoute has to name its hosts', 'name the hosts, "*." and a DNS name for many');
  }
  const listeners = exposure.gateway.listeners.filter(({ name }) => plan.parentRefs.some(({ sectionName }) => sectionName === name));
  checkRoute(report, plan, implementation, listeners.map(({ port, protocol }) => ({ port, scheme: protocol === 'HTTPS' ? 'https' : 'http' })));
}

/** Routes of one listener compete. Where neither is more specific the older object decides: nobody could say which that is. */
function checkOthers(report: Report, bound: BoundExposure, onGateway: readonly BoundExposure[], { implementation }: GatewaySettings): void {
  const plans = planExposure(bound.model, bound.exposure, implementation);
  const earlier = onGateway.slice(0, Math.max(onGateway.findIndex(({ exposure }) => exposure === bound.exposure), 0));
  for (const other of earlier) {
    const others = planExposure(other.model, other.exposure, implementation);
    const mixedUp = others.some(({ kind, name }) => plans.some((plan) => plan.name === name && plan.kind !== kind));
    if (mixedUp && other.model.namespace === bound.model.namespace) {
      report.add('object-duplicate', 'name', `"${other.exposure.path}" has a route of this name and another kind, and implementations mix them up`, 'give one of them another name');
    }
    if (!plans.some((plan) => others.some((another) => compete(plan, another, implementation)))) continue;
    report.add('exposure-invalid', 'matches', `"${other.exposure.path}" exposes some of the same requests on the gateway "${other.exposure.gateway.name}", and the older object would decide`,
      'expose other hosts or paths, or on another listener');
  }
}

function compete(one: RoutePlan, other: RoutePlan, { rank }: Implementation): boolean {
  if (!one.parentRefs.some(({ sectionName }) => other.parentRefs.some((another) => another.sectionName === sectionName))) return false;
  if (one.kind === 'TCPRoute' || other.kind === 'TCPRoute') return true;
  if (!sameHost(one, other)) return false;
  if (one.kind !== other.kind || one.kind === 'TLSRoute') return true;
  const matches = (plan: RoutePlan) => plan.rules.flatMap((rule) => rule.matches);
  return matches(one).some((a) => matches(other).some((b) => bothMatches(a, b).kind !== 'never' && !compareRanks(rank(a), rank(b))));
}

function sameHost({ hostnames: some }: RoutePlan, { hostnames: others }: RoutePlan): boolean {
  return (some.length === 0 && others.length === 0) || some.some((host) => others.includes(host));
}
