import { previewName, switchGates } from './blue-green';
import { checkOutside } from './check-outside';
import { checkLevel } from './check-services';
import { ArgoContext } from './context';
import { unfitConditions } from './http-match';
import { NAME } from './name';
import { weightForPods } from './pod-weights';
import { moveAbove } from './steps';
import { missingCapabilities } from '../../model/capabilities';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { Rule } from '../../model/routing-model';
import { checkAddedRoutes, Conditions } from '../check-added-routes';
import { checkUrl } from '../check-values';
import { isBehindRoot } from '../choose-routing';
import { metrics } from '../metrics';
import { begunMirror, begunRoutes, isSwitch, Move, rescaled, stepText } from '../move';
import { STAGES } from '../remedy';
import { checkServiceNames } from '../service-names';

const MAX = 2 ** 31 - 1;

const CONDITIONS: Conditions = { words: 'one header', unfit: unfitConditions, remedy: `use one header, or ${STAGES}` };

/** What Argo Rollouts cannot do of a service and its rollout. */
export function check(context: ArgoContext): Finding[] {
  const { service, model, routing } = context;
  const report = new Report(service.path);
  const { driver } = service;
  if (!routing && driver) {
    report.add('controller-unfit', 'mesh', `${NAME} changes nothing that the mesh "${driver.name}" reads`, STAGES);
    return report.findings;
  }
  if (service.declaration.rootSelector) report.add('controller-unfit', 'rootSelector', `${NAME} needs the pods of both versions behind the root Service`, 'drop it');
  if (routing && !routing.weights && !isBehindRoot(service)) {
    report.add('controller-unfit', 'rollout', `${NAME} moves no weights on the mesh "${driver?.name}" unless a gateway has them`, 'expose the service via a gateway of the Gateway API or of ingress-nginx, or use `Rollout.replicas`');
  }
  checkLevel(report, context);
  routing?.check(report, model);
  if (routing && !routing.weights && isSwitch(service.moves)) checkSwitch(report, context);
  for (const move of service.moves) checkMove(report, move, context);
  checkCapacity(report, context);
  checkLost(report, context);
  if (routing?.headerRoutes) routing.checkAdded(report, service);
  checkSettings(report, context);
  if (model.clients && !routing?.routes) {
    report.add('controller-unfit', 'allowFrom', `access is not written where ${NAME} changes no routes of the mesh`, `drop \`allowFrom\` and write the policy beside it, or ${STAGES}`);
  }
  return [...report.findings, ...(driver ? missingCapabilities(model, driver) : []), ...meshFindings(context), ...checkOutside(context)];
}

function checkMove(report: Report, move: Move, { routing, service }: ArgoContext): void {
  const { place, percent, traffic } = move;
  const { pair, by } = service.rollout;
  if (!Number.isInteger(percent) && by === 'weights') {
    report.add('controller-unfit', place, `${NAME} counts weights in whole percent, and ${stepText(move)} has ${percent.toPrecision(4)} %`, 'give a whole percentage');
  }
  const headers = (traffic.lane !== undefined && move.before.lane === undefined) || begunRoutes(move).length > 0;
  if (headers && !routing?.headerRoutes) report.add('controller-unfit', place, `${NAME} sends no requests by their headers on the mesh "${service.driver?.name}", which ${stepText(move)} asks for`, 'use weights');
  const mirror = begunMirror(move);
  if (mirror !== undefined && !routing?.mirrorRoutes) report.add('controller-unfit', `${place}.mirrors`, `${NAME} copies no requests on the mesh "${service.driver?.name}", which ${stepText(move)} asks for`, 'drop the mirror');
  if (mirror !== undefined && !Number.isInteger(mirror)) report.add('controller-unfit', `${place}.mirrors`, `${NAME} copies whole percents, and ${stepText(move)} copies ${mirror} %`, 'give a whole percentage');
  if (by === 'weights' && pair && rescaled(move).includes(pair.stable)) {
    report.add('controller-unfit', `${place}.replicas`, `${NAME} scales the candidate alone, and ${stepText(move)} gives the stable version a number`, 'drop the number of the stable version');
  }
  if (by === 'pods' && pair) checkPods(report, move, service.pods ?? 0, pair);
  checkAddedRoutes(report, move, service, CONDITIONS);
}

/** The controller turns a weight into pods, and their number stays the same. */
function checkPods(report: Report, move: Move, pods: number, pair: { readonly stable: string; readonly candidate: string }): void {
  const { place, traffic: { replicas } } = move;
  const [stable, candidate] = [replicas[pair.stable] ?? 0, replicas[pair.candidate] ?? 0];
  if (stable + candidate !== pods) {
    report.add('controller-unfit', place, `${NAME} keeps ${pods} pods in all, and ${stepText(move)} has ${stable + candidate}`, `make it ${pods}`);
  } else if (weightForPods(pods, candidate) === undefined) {
    report.add('controller-unfit', place, `${NAME} counts weights in whole percent, and none of them gives the ${candidate} of ${pods} pods of ${stepText(move)}`, 'choose other numbers');
  }
}

function checkSwitch(report: Report, context: ArgoContext): void {
  const { before, after } = switchGates(context);
  checkServiceNames(report, context.model, [previewName(context.model)]);
  if (before.some(({ kind }) => kind === 'approval') && before.some(({ kind }) => kind === 'duration')) {
    report.add('controller-unfit', 'rollout.gates', `${NAME} switches after a time or when a person says so, and the rollout wants both`, 'drop one of them');
  }
  if (after.some(({ kind }) => kind === 'approval')) report.add('controller-unfit', 'rollout.retireGates', `${NAME} asks nobody before it takes the stable version away`, 'give a duration or a metric');
  if (context.service.capacity.kind !== 'full') report.add('controller-unfit', 'rollout.capacity', `${NAME} gives both versions all pods around a switch`, 'use `Capacity.full()`');
}

function checkCapacity(report: Report, { service, routing, target }: ArgoContext): void {
  const { capacity, stable, candidate, rollout: { pair } } = service;
  const [version] = target.versions;
  if (version.autoscaling && routing?.weights && capacity.kind === 'fixed') report.add('controller-unfit', 'rollout.capacity', `${NAME} leaves the number of pods to the autoscaler`, 'use `Capacity.full()`');
  const ofStable = capacity.kind === 'fixed' && pair ? capacity.replicas[pair.stable] : undefined;
  if (ofStable !== undefined && ofStable !== version.replicas) {
    report.add('controller-unfit', `rollout.capacity.${stable.name}`, `${NAME} gives the stable version all of the ${version.replicas} pods, and the capacity ${ofStable}`, `drop it, so that just "${candidate.name}" has a number`);
  }
}

/** Routes that the controller adds stand above all others, and do nothing but choose pods: what the rules of the service do would be lost to them. */
function checkLost(report: Report, { service, model }: ArgoContext): void {
  const above = moveAbove(service);
  if (!above) return;
  if (model.ports.length > 1) report.add('controller-unfit', above.place, `${NAME} adds a route for one port at ${stepText(above)}, and the service has ${model.ports.length}`, `keep one port, or ${STAGES}`);
  const mirror = service.moves.find((move) => begunMirror(move) !== undefined);
  if (mirror && model.rules.length > 1) {
    report.add('controller-unfit', `${mirror.place}.mirrors`, `${NAME} copies every request at ${stepText(mirror)}, also those that the routes of the service take`, `drop the routes, or ${STAGES}`);
  }
  for (const rule of model.rules) {
    for (const setting of settingsOf(rule)) {
      const place = rule.place === 'weights' || rule.inherited.includes(setting) ? setting : `${rule.place}.${setting}`;
      report.add('controller-unfit', place, `the route that ${NAME} adds at ${stepText(above)} stands above all others and is without it`, `drop it, or ${STAGES}`);
    }
  }
}

function settingsOf({ action, fault, requestHeaders, responseHeaders }: Rule): string[] {
  if (action.kind === 'redirect') return ['redirect'];
  const { timeout, retries, rewrite, mirrors } = action;
  const settings = { timeout, retries, rewrite, fault, requestHeaders, responseHeaders, mirrors: mirrors.length > 0 ? mirrors : undefined };
  return Object.entries(settings).filter(([, value]) => value !== undefined).map(([name]) => name);
}

/** @see https://github.com/argoproj/argo-rollouts/blob/v1.10.2/utils/analysis/factory.go (ValidateMetric) */
function checkSettings(report: Report, { service, props }: ArgoContext): void {
  const { prometheus, measurements = 1, failureLimit = 0 } = props.analysis ?? {};
  const [metric] = metrics(service.moves);
  if (metric && prometheus === undefined) report.add('analysis-missing', 'analysis.prometheus', `a gate measures "${metric.name}", and nothing says where`, 'give the address of a Prometheus');
  checkUrl(report, 'analysis.prometheus', prometheus);
  report.wholeNumber('analysis-invalid', 'analysis.measurements', measurements, 1, MAX);
  report.wholeNumber('analysis-invalid', 'analysis.failureLimit', failureLimit, 0, MAX);
  if (failureLimit > measurements) report.add('analysis-invalid', 'analysis.failureLimit', `${failureLimit} measurements are forgiven, and there are just ${measurements}`, `give ${measurements} at most, or measure more often`);
  report.wholeNumber('controller-invalid', 'revisionHistoryLimit', props.revisionHistoryLimit, 0, MAX);
}

/** What the mesh itself cannot keep, where it writes the routes; else just what it has to say of itself. */
function meshFindings({ service: { driver }, model, routing }: ArgoContext): readonly Finding[] {
  const findings = driver?.check(model) ?? [];
  return routing?.routes ? findings : findings.filter(({ severity }) => severity === 'warning');
}
