import { podsAt } from './pods';
import { Rollout } from './rollout';
import { Stage } from './stage';
import { shareOf } from './traffic';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { VersionProps } from '../declaration/version';
import { Report } from '../model/report';

/** A version may have as much traffic for each pod as the stable one has before the rollout, and no more. */
export function checkCapacity(report: Report, service: ServiceDeclaration, rollout: Rollout): void {
  const { model, stages } = rollout._staged();
  if (!model.pair || model.by === 'pods' || model.capacity._toModel().allowOverload) return;
  const { stable } = model.pair;
  const all = service.versions.find(({ name }) => name === rollout._nameOf(stable));
  const pods = all && !all.deployment && !all.existing ? all.autoscaling?.minReplicas ?? all.replicas ?? 1 : undefined;
  if (pods === undefined) return;
  for (const version of service.versions.filter(({ deployment, existing }) => !deployment && !existing)) {
    const worst = stages.map((stage) => shortage(stage, version, rollout, pods)).sort((a, b) => b.lacking - a.lacking)[0];
    if (!(worst?.lacking > 0)) continue;
    const { stage, needed } = worst;
    report.add('capacity-short', `versions.${version.name}.${version.autoscaling ? 'autoscaling.maxReplicas' : 'replicas'}`,
      `${worst.percent} % of the traffic comes to ${needed - worst.lacking} of the ${needed} pods that it needs at stage "${stage.name}", because "${rollout._nameOf(stable)}" has ${pods} for all of it`,
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
