import { podsAt } from './pods';
import { Rollout } from './rollout';
import { Stage } from './stage';
import { chosenVersions, unique } from './traffic';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { VersionProps } from '../declaration/version';
import { Report } from '../model/report';

/**
 * Pods that follow the shares follow the weights: nobody knows how many requests meet the conditions of a route, or have the mark of a lane. Whoever
 * says how many pods stay warm has thought of them.
 */
export function checkWarm(report: Report, service: ServiceDeclaration, rollout: Rollout): void {
  const { model, stages } = rollout._staged();
  const capacity = model.capacity._toModel();
  if (capacity.kind !== 'proportional' || capacity.warmGiven || capacity.allowOverload) return;
  for (const version of service.versions) {
    const all = podsForAll(version);
    if (all === undefined) continue;
    for (const stage of stages) {
      const name = chosenAt(stage, service, rollout).find((one) => rollout._nameOf(one) === version.name);
      const pods = name === undefined || stage.traffic.replicas[name] !== undefined ? all : podsAt(stage, name, all, capacity) ?? all;
      if (pods >= all) continue;
      report.warn('capacity-unknown', 'rollout.capacity',
        `at stage "${stage.name}" conditions send requests to "${version.name}", nobody knows how many, and it has ${pods} of the ${all} pods that it needs for all of them`,
        'say with `warm` how many it takes');
      break;
    }
  }
}

/** Pods for all of the traffic, where their number is the rollout's. */
function podsForAll({ replicas, autoscaling, deployment, existing }: VersionProps): number | undefined {
  if (autoscaling || deployment || (existing && !existing._ours)) return undefined;
  return (existing ? existing._read()?.replicas : replicas) ?? 1;
}

/** Versions that run and that routes, a lane or copies of a route choose, with the rollout's names. */
function chosenAt({ traffic, running }: Stage, { routes = [] }: ServiceDeclaration, rollout: Rollout): string[] {
  const declared = chosenVersions({ routes });
  return unique([...chosenVersions(traffic), ...running.filter((name) => declared.includes(rollout._nameOf(name)))]);
}
