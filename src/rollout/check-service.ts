import { checkKept } from './check-kept';
import { namedVersions } from './derive-stages';
import { planSteps } from './plan-steps';
import { Rollout } from './rollout';
import { versionPlaces } from './version-places';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { VersionProps } from '../declaration/version';
import { listed } from '../model/nearest';
import { Report } from '../model/report';
import { reportUnknownVersion } from '../model/validate/weights';

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
      for (const place of versionPlaces(rollout, name)) reportUnknownVersion(report, service, place, wanted);
    }
  });
  const used = own.map((name) => rollout._nameOf(name));
  for (const name of new Set(known.filter((one) => !used.includes(one)))) {
    report.add('version-unused', `versions.${name}`, `no stage of the rollout has the version "${name}"`, 'name it in a step, or drop it');
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
