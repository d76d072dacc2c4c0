import { namedVersions } from './derive-stages';
import { planSteps } from './plan-steps';
import { podsAt } from './pods';
import { Rollout } from './rollout';
import { Stage } from './stage';
import { shareOf } from './traffic';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { VersionProps } from '../declaration/version';
import { listed, nearest } from '../model/nearest';
import { Report } from '../model/report';

export interface ServiceSurroundings {
  /** Name of the root Service. */
  readonly root: string;
  /** Name of the mesh, if pods make the shares there. */
  readonly sharesByPods?: string;
}

/** What makes no sense about a service and its rollout together. */
export function checkService(report: Report, service: ServiceDeclaration, rollout: Rollout, { root, sharesByPods }: ServiceSurroundings): void {
  const { model } = rollout._staged();
  for (const setting of (['weights', 'splitByPods'] as const).filter((name) => service[name] !== undefined && service[name] !== false)) {
    report.add('rollout-mixed', setting, `\`${setting}\` beside a rollout, which says the shares at each stage`, 'drop one of them');
  }
  if (sharesByPods !== undefined && model.by !== 'pods') {
    report.add('rollout-unfit', 'rollout', `on the mesh "${sharesByPods}" the pods make the shares, and the rollout moves weights`, 'use `Rollout.replicas`');
  }
  checkNames(report, service, rollout);
  checkKept(report, service, rollout, root);
  for (const version of service.versions) checkAutoscaling(report, version, rollout);
}

function checkNames(report: Report, service: ServiceDeclaration, rollout: Rollout): void {
  const { model } = rollout._staged();
  const own = namedVersions(planSteps(model));
  const known = service.versions.map(({ name }) => name);
  for (const name of rollout._renamed().filter((renamed) => !own.includes(renamed))) {
    report.add('rollout-invalid', `rollout.withVersions.${name}`, `the rollout knows no version "${name}", it knows ${listed(own)}`, 'name one of them');
  }
  own.forEach((name, index) => {
    const wanted = rollout._nameOf(name);
    if (own.slice(0, index).some((other) => rollout._nameOf(other) === wanted)) {
      report.add('rollout-invalid', `rollout.withVersions.${name}`, `"${wanted}" stands for two versions of the rollout`, 'give each a version of its own');
    } else if (!known.includes(wanted)) {
      const guess = nearest(wanted, known);
      const role = model.pair?.stable === name ? '.stable' : model.pair?.candidate === name ? '.candidate' : '';
      report.add('version-unknown', `rollout${role}`, `no version is named "${wanted}", declared are ${listed(known)}`, guess === undefined ? 'name a declared version' : `did you mean "${guess}"?`);
    }
  });
  const used = own.map((name) => rollout._nameOf(name));
  for (const name of new Set(known.filter((one) => !used.includes(one)))) {
    report.add('version-unused', `versions.${name}`, `no stage of the rollout has the version "${name}"`, 'name it in a step, or drop it');
  }
}

/** What stands outside of the rollout may use only versions that every stage has. */
function checkKept(report: Report, service: ServiceDeclaration, rollout: Rollout, rootName: string): void {
  const { stages } = rollout._staged();
  const missing = (wanted: string) => stages.find(({ running }) => !running.some((name) => rollout._nameOf(name) === wanted));
  const absent = (version: string, place: string, what: string, remedy: string) => {
    const stage = service.versions.some(({ name }) => name === version) ? missing(version) : undefined;
    if (stage) report.add('rollout-unfit', place, `${what} "${version}", which has no pods at stage "${stage.name}"`, remedy);
  };
  const inStep = 'add it with a step, or use `retire: false` and name the version in `deploy` of the first step';
  (service.routes ?? []).forEach((route, index) => {
    const used = Object.entries(route.weights ?? {}).filter(([, weight]) => weight > 0);
    for (const [version] of used) absent(version, `routes[${index}].weights.${version}`, 'the route sends to', inStep);
    (route.mirrors ?? []).forEach((mirror, at) => absent(mirror._toModel().version, `routes[${index}].mirrors[${at}]`, 'the route copies to', inStep));
  });
  if (stages.some(({ traffic }) => !traffic.mirrors)) {
    (service.mirrors ?? []).forEach((mirror, at) => absent(mirror._toModel().version, `mirrors[${at}]`, 'requests are copied to', inStep));
  }
  // A root that is the leaf of a version selects that version: its selector would have to change.
  const root = service.rootSelector?._version ?? service.versions.find(({ leafName }) => leafName === rootName)?.name;
  if (root !== undefined) absent(root, 'rootSelector', 'the root Service selects', 'use `RootSelector.allVersions()`, or `retire: false`');
  for (const { name, deployment } of service.versions) {
    if (!deployment) continue;
    absent(name, `versions.${name}.deployment`, 'an existing Deployment is', 'use `retire: false`, or declare the version by its image');
    if (rollout._staged().model.capacity._toModel().kind !== 'full' || rollout._staged().model.by === 'pods') {
      report.add('rollout-unfit', `versions.${name}.deployment`, 'the rollout sets numbers of pods, and those of an existing Deployment are its own', 'use `Capacity.full()`, or declare the version by its image');
    }
  }
}

function checkAutoscaling(report: Report, { name, autoscaling }: VersionProps, rollout: Rollout): void {
  if (!autoscaling) return;
  const { stages, model } = rollout._staged();
  const capacity = model.capacity._toModel();
  const fixed = capacity.kind === 'fixed' && Object.keys(capacity.replicas).some((version) => rollout._nameOf(version) === name);
  const stepped = stages.some(({ traffic }) => Object.keys(traffic.replicas).some((version) => rollout._nameOf(version) === name));
  if (fixed || stepped) {
    report.add('autoscaling-mixed', `versions.${name}.autoscaling`, `an autoscaler beside numbers of pods in ${fixed ? 'the capacity' : 'steps'} of the rollout`, 'drop one of them');
  }
}

/** A version may have as much traffic for each pod as the stable one has before the rollout, and no more. */
export function checkCapacity(report: Report, service: ServiceDeclaration, rollout: Rollout): void {
  const { model, stages } = rollout._staged();
  if (!model.pair || model.by === 'pods' || model.capacity._toModel().allowOverload) return;
  const { stable } = model.pair;
  const all = service.versions.find(({ name }) => name === rollout._nameOf(stable));
  const pods = all && !all.deployment ? all.autoscaling?.minReplicas ?? all.replicas ?? 1 : undefined;
  if (pods === undefined) return;
  for (const version of service.versions.filter(({ deployment }) => !deployment)) {
    const worst = stages.map((stage) => shortage(stage, version, rollout, pods)).sort((a, b) => b.lacking - a.lacking)[0];
    if (!(worst?.lacking > 0)) continue;
    const { stage, needed } = worst;
    report.add('capacity-short', `versions.${version.name}.${version.autoscaling ? 'autoscaling.maxReplicas' : 'replicas'}`,
      `${worst.percent} % of the traffic come to ${needed - worst.lacking} of the ${needed} pods that they need at stage "${stage.name}", because "${rollout._nameOf(stable)}" has ${pods} for all of it`,
      `make it ${needed}, or say \`allowOverload\` with the capacity`);
  }
}

interface Shortage {
  readonly stage: Stage;
  readonly needed: number;
  readonly lacking: number;
  readonly percent: number;
}

function shortage(stage: Stage, version: VersionProps, rollout: Rollout, pods: number): Shortage {
  const name = stage.running.find((one) => rollout._nameOf(one) === version.name);
  const share = name === undefined ? undefined : shareOf(stage.traffic, name);
  if (name === undefined || !share) return { stage, needed: 0, lacking: 0, percent: 0 };
  const needed = Math.ceil(pods * share.weight / share.total);
  const has = version.autoscaling?.maxReplicas ?? podsAt(stage, name, version.replicas, rollout._staged().model.capacity._toModel()) ?? 1;
  return { stage, needed, lacking: needed - has, percent: Number((100 * share.weight / share.total).toPrecision(4)) };
}
