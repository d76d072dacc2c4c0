import { accessFindings, open, PRIMARY } from './access';
import { checkGates } from './check-gates';
import { checkSettings } from './check-settings';
import { FlaggerContext } from './context';
import { unfitConditions } from './http-match';
import { NAME } from './name';
import { FlaggerSteps, flaggerSteps } from './steps';
import { Finding } from '../../model/finding';
import { listed } from '../../model/nearest';
import { Report } from '../../model/report';
import { checkAddedRoutes } from '../check-added-routes';
import { begunMirror, begunRoutes, Move, rescaled, stepText } from '../move';
import { STAGES } from '../remedy';
import { routesOf } from '../routes';
import { checkServiceNames } from '../service-names';

/** Labels that Flagger looks for in the selector of its target, in the order of looking, unless its `-selector-labels` say otherwise. */
const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/** What Flagger cannot do of a service and its rollout. */
export function check(context: FlaggerContext): Finding[] {
  const { service, model, routing } = context;
  const report = new Report(service.path);
  if (!routing && service.driver) {
    report.add('controller-unfit', 'mesh', `${NAME} has no provider that writes what the mesh "${service.driver.name}" reads`, STAGES);
    return report.findings;
  }
  if (!SELECTOR_LABELS.includes(model.app.key)) {
    report.add('controller-unfit', 'appLabelKey', `${NAME} finds pods by one of the labels ${listed(SELECTOR_LABELS)}, and those of the service are told by "${model.app.key}"`,
      `use one of them, or start ${NAME} with \`-selector-labels\` and declare that label as one of these`);
  }
  checkService(report, context);
  checkMeshNames(report, context);
  checkServiceNames(report, model, [`${model.root.name}${PRIMARY}`]);
  report.name('app', `${model.app.value}${PRIMARY}`, 'label-value', 'give the service a shorter `app`');
  checkSteps(report, context);
  return [...report.findings, ...(service.driver?.check(model) ?? []).filter(({ severity }) => severity === 'warning'), ...accessFindings(context), ...checkOutside(context)];
}

function checkOutside({ service: { outside, driver }, routing, model, props: { ingress } }: FlaggerContext): Finding[] {
  return outside.flatMap((one) => {
    const report = new Report(one.exposure.path);
    if (ingress !== undefined) report.add('controller-unfit', 'gateway', `${NAME} splits the traffic of one Ingress, and that is "${ingress}"`, 'drop one of them');
    routing?.checkOutside(report, model, one, outside);
    return [...report.findings, ...(report.findings.length > 0 ? [] : one.gateway._check(model, one.exposure, driver?.name ?? ''))];
  });
}

/** Flagger writes one Service and one route. */
function checkService(report: Report, { model, routing, service: { declaration } }: FlaggerContext): void {
  const others = model.rules.slice(0, -1);
  for (const { place } of others) report.add('controller-unfit', place, `${NAME} writes one route, for all requests`, `drop the route, or ${STAGES}`);
  const rule = model.rules.at(-1);
  if (rule?.matches.length) report.add('controller-unfit', rule.place, `${NAME} writes one route, for all requests`, `drop the conditions, or ${STAGES}`);
  if (rule?.fault) report.add('controller-unfit', 'fault', `${NAME} writes no faults`, `drop the fault, or ${STAGES}`);
  if (rule?.action.kind === 'forward') {
    if (rule.action.mirrors.length > 0) report.add('controller-unfit', 'mirrors', `${NAME} copies requests in a rollout only`, 'use `Rollout.mirror`');
    if (rule.action.retries?.backoff !== undefined) report.add('controller-unfit', 'retries.backoff', `${NAME} has no time between attempts`, 'drop it');
    if (rule.action.rewrite?.path) report.add('controller-unfit', 'rewrite', `${NAME} replaces a path only where it matches one`, `drop it, or ${STAGES}`);
  }
  if (model.ports.length > 1) report.add('controller-unfit', 'ports', `${NAME} splits the traffic of one port, and the service has ${model.ports.length}`, `keep one port, or ${STAGES}`);
  for (const [index, { protocol, nodePort }] of model.ports.entries()) {
    if (protocol === 'HTTPS' || protocol === 'TLS') report.add('controller-unfit', `ports[${index}].protocol`, `${NAME} has no route for ${protocol}`, `use HTTP, HTTP2, GRPC or TCP, or ${STAGES}`);
    if (nodePort !== undefined) report.add('controller-unfit', `ports[${index}].nodePort`, `${NAME} makes the Service, without a port of the nodes`, 'drop it');
  }
  if (model.root.type !== 'ClusterIP') report.add('controller-unfit', 'serviceType', `${NAME} makes the Service, of type ClusterIP`, 'drop the type');
  if (declaration.rootSelector) report.add('controller-unfit', 'rootSelector', `${NAME} lets the Service select the pods of the primary`, 'drop it');
  routing?.check(report, model);
}

/** Flagger names the routes, and shows them to every namespace. */
function checkMeshNames(report: Report, { routing, model, service: { driver } }: FlaggerContext): void {
  if (!routing || !driver || driver.replicas) return;
  for (const object of routesOf(driver, open(model))) {
    const { kind, name } = object;
    const { spec } = object.toJson() as { readonly spec?: { readonly exportTo?: unknown } };
    if (name !== model.root.name) report.add('controller-unfit', 'mesh', `${NAME} names its ${kind} after the service, and the mesh has the name "${name}" for it`, 'drop the name');
    if (spec?.exportTo !== undefined) report.add('controller-unfit', 'mesh.exportTo', `${NAME} shows its ${kind} to every namespace`, 'drop it');
  }
}

function checkSteps(report: Report, context: FlaggerContext): void {
  const { service, routing } = context;
  const steps = flaggerSteps(service);
  const { weighted, opening, passed } = steps;
  for (const move of service.moves) checkTraffic(report, move, steps, context);
  if (service.capacity.kind !== 'full') {
    report.add('controller-unfit', 'rollout.capacity', `${NAME} gives the candidate as many pods as the stable version`, 'use `Capacity.full()`');
  }
  if (routing && !routing.weights && weighted.length > 0) {
    report.add('controller-unfit', weighted[0].place, `${NAME} moves no weights with the provider "${routing.provider}", which ${stepText(weighted[0])} asks for`, 'use `Rollout.blueGreen`');
  }
  if (routing && !routing.mirror && opening?.traffic.mirrors?.length) {
    report.add('controller-unfit', `${opening.place}.mirrors`, `${NAME} copies no requests with the provider "${routing.provider}", which ${stepText(opening)} asks for`, 'drop the mirror');
  }
  if (routing && !routing.conditions && steps.kind === 'conditions') {
    report.add('controller-unfit', `${opening?.place}.addRoutes`, `${NAME} knows no conditions with the provider "${routing.provider}"`, 'use weights');
  }
  weighted.forEach((move, index) => {
    if (steps.kind === 'conditions') {
      report.add('controller-unfit', move.place, `${NAME} has conditions or weights, and ${stepText(move)} has a weight after conditions`, 'drop one of the two');
    } else if (index > 0 && move.percent <= weighted[index - 1].percent) {
      report.add('controller-unfit', move.place, `${NAME} goes up from weight to weight, and ${stepText(move)} has ${move.percent} % after ${weighted[index - 1].percent} %`, 'give each step a greater share');
    }
  });
  for (const move of passed) {
    if (move.gates.length > 0) report.add('controller-unfit', move.gatesPlace, `${NAME} does not stop at ${stepText(move)}`, 'move the gates to a step with a share of the traffic');
  }
  checkGates(report, steps, context);
  checkSettings(report, steps, context);
}

function checkTraffic(report: Report, move: Move, { opening, kind }: FlaggerSteps, context: FlaggerContext): void {
  const { place, traffic, before, percent } = move;
  if (!Number.isInteger(percent)) {
    report.add('controller-unfit', place, `${NAME} counts weights in whole percent, and ${stepText(move)} has ${percent.toPrecision(4)} %`, 'give a whole percentage');
  }
  if (traffic.lane !== undefined && before.lane === undefined) report.add('controller-unfit', place, `${NAME} keeps no lane open beside weights, which ${stepText(move)} asks for`, `use \`Rollout.abTest\`, or ${STAGES}`);
  if (rescaled(move).length > 0) report.add('controller-unfit', `${place}.replicas`, `${NAME} gives both versions the same number of pods, and ${stepText(move)} gives others`, 'drop the numbers');
  if (begunMirror(move) !== undefined) checkMirror(report, move, opening);
  if (begunRoutes(move).length > 0) checkRoutes(report, move, kind === 'conditions' ? opening : undefined, context);
}

function checkMirror(report: Report, move: Move, opening: Move | undefined): void {
  const { place } = move;
  if (move !== opening) report.add('controller-unfit', `${place}.mirrors`, `${NAME} copies requests just before the first weight, and ${stepText(move)} copies elsewhere`, 'use `Rollout.mirror`');
  const percent = begunMirror(move) ?? 0;
  if (!Number.isInteger(percent) || percent === 0) report.add('controller-unfit', `${place}.mirrors`, `${NAME} copies whole percents from 1 on, and ${stepText(move)} copies ${percent} %`, 'give a whole percentage');
}

/** Requests that a condition sends to the candidate: up to the promotion, which ends it. */
function checkRoutes(report: Report, move: Move, opening: Move | undefined, { routing, service }: FlaggerContext): void {
  if (!opening) {
    report.add('controller-unfit', `${move.place}.addRoutes`, `${NAME} has conditions instead of weights, and ${stepText(move)} has both`, `use \`Rollout.abTest\` without weights, or ${STAGES}`);
    return;
  }
  checkAddedRoutes(report, move, service, {
    words: 'headers and parameters that are there',
    unfit: (match) => unfitConditions(match, routing?.prefixes ?? true),
    remedy: 'drop this condition',
  });
}
