import { Controlled } from './controlled';
import { isSameMetric, metrics } from './metrics';
import { STAGES } from './remedy';
import { VersionProps } from '../declaration/version';
import { meshMissing } from '../meshes/mesh-missing';
import { Finding } from '../model/finding';
import { listed, suggestion } from '../model/nearest';
import { Report } from '../model/report';
import { validate, withoutRepetition } from '../model/validate';

/** What is wrong with the declaration and the rollout, whatever the controller. */
export function findingsOf(service: Controlled): Finding[] {
  const { path, driver, outside } = service;
  const staged = service.staged();
  const stages = [staged.declaration, ...staged.others.values()].map((declaration) => service.modelOf(declaration));
  return withoutRepetition([
    ...staged.findings,
    ...stages.flatMap(({ findings, model }) => [...findings, ...validate(model)]),
    ...outside.flatMap(({ findings }) => findings),
    ...(driver ? [] : meshMissing(path)),
    ...checkControlled(service),
  ]);
}

/** What no controller can do that knows one service, two versions and one template for their pods. */
function checkControlled(service: Controlled): Finding[] {
  const report = new Report(service.path);
  const { controller: { name }, driver, rollout, declaration, props: { version, ingress } } = service;
  const others = service.others();
  const { pair, retire } = rollout;
  if (service.inStages) {
    report.add('controller-unfit', 'rollout', `${name} goes through the steps by itself, and a \`StagedApp\` writes a folder for each`, 'declare the service in an app of its own');
    return report.findings;
  }
  if (!pair) {
    report.add('controller-unfit', 'rollout', `${name} knows one stable version and one candidate, and the rollout has free stages`, 'use `Rollout.canary` or another one with a candidate');
    return report.findings;
  }
  if (others.length > 0) {
    report.add('controller-unfit', 'rollout', `${name} moves one service, and ${listed(others)} moves with this one`, `give each service a rollout of its own, or ${STAGES}`);
  }
  if (!retire) {
    report.add('controller-unfit', 'rollout.retire', `${name} takes the stable version away when the candidate has everything`, 'drop `retire: false`');
  }
  const names = declaration.versions.map((declared) => declared.name);
  if (version !== undefined && !names.includes(version)) {
    report.add('version-unknown', 'version', `no version is named "${version}", declared are ${listed(names)}`, suggestion(version, names, 'name a declared version'));
  }
  if (ingress !== undefined && driver && !driver.replicas) {
    report.add('controller-unfit', 'ingress', `the mesh "${driver.name}" splits the traffic, and so would the Ingress "${ingress}"`, 'drop one of them');
  }
  if (ingress !== undefined) report.name('ingress', ingress, 'dns-1123-subdomain', 'give the name of an Ingress');
  checkMetrics(report, service);
  checkTemplates(report, service);
  checkAlike(report, service);
  checkSteps(report, service);
  return report.findings;
}

/** A metric is written once, by its name. */
function checkMetrics(report: Report, { moves }: Controlled): void {
  const first = new Map(metrics(moves).map((metric) => [metric.name, metric]));
  for (const { gatesPlace, gates } of moves) {
    const other = gates.flatMap((gate) => (gate.kind === 'metric' ? [gate.metric] : [])).find((metric) => !isSameMetric(metric, first.get(metric.name) ?? metric));
    if (other) report.add('analysis-invalid', gatesPlace, `another gate measures something else as "${other.name}"`, 'give each metric a name of its own');
  }
}

function checkTemplates(report: Report, { controller, declaration, root }: Controlled): void {
  if (declaration.root) report.add('controller-unfit', 'root', `${controller.name} gives its Services names of its own`, `drop it, or ${STAGES}`);
  for (const { name, deployment, existing, deploymentName, leafName } of declaration.versions) {
    const place = `versions.${name}`;
    const controls = `${controller.name} makes the pods of both versions from one object named "${root}"`;
    if (deployment ?? existing) report.add('controller-unfit', `${place}.${deployment ? 'deployment' : 'existing'}`, `${controls}, and an existing Deployment is one version for ever`, 'declare the version by its image');
    if (deploymentName !== undefined) report.add('controller-unfit', `${place}.deploymentName`, controls, 'drop the name');
    if (leafName !== undefined) report.add('controller-unfit', `${place}.leafName`, `${controller.name} gives its Services names of its own`, 'drop the name');
  }
}

/** Everything around the pods belongs to both versions at once. */
function checkAlike(report: Report, service: Controlled): void {
  const { controller, stable, candidate, modelOf, declaration } = service;
  const [one, other] = [stable, candidate].map((version) => modelOf({ ...declaration, versions: [version] }).model.versions[0]);
  if (!one || !other || stable === candidate) return;
  for (const part of ['replicas', 'autoscaling', 'disruptionBudget', 'trafficPolicy'] as const satisfies readonly (keyof VersionProps)[]) {
    if (JSON.stringify(one[part]) === JSON.stringify(other[part]) || (part === 'replicas' && one.autoscaling && other.autoscaling)) continue;
    report.add('controller-unfit', `versions.${candidate.name}.${part}`, `it differs from that of "${stable.name}", and ${controller.name} has one for both versions`, 'give both versions the same');
  }
}

function checkSteps(report: Report, { controller, moves, rollout }: Controlled): void {
  for (const { name, place, traffic, before } of moves) {
    if (traffic.fault && traffic.fault !== before.fault) report.add('controller-unfit', `${place}.fault`, `${controller.name} has no faults, which step "${name}" asks for`, `drop the fault, or ${STAGES}`);
    if (traffic.weights === undefined) report.add('controller-unfit', `${place}.splitByPods`, `${controller.name} has weights at every step, and step "${name}" leaves the shares to the pods`, 'give a `weight`');
    const copied = (traffic.mirrors ?? []).map((mirror) => mirror._toModel().version);
    if (traffic.mirrors === before.mirrors) continue;
    if (copied.length > 1 || copied.some((version) => version !== rollout.pair?.candidate)) {
      report.add('controller-unfit', `${place}.mirrors`, `${controller.name} copies requests to the candidate alone, and step "${name}" copies to ${listed(copied)}`, 'copy to the candidate');
    }
  }
}
