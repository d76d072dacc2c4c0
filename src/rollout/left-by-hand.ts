import { Rollout } from './rollout';
import { usedVersions } from './traffic';
import { ServiceDeclaration } from '../declaration/service-declaration';

/** Names of Deployments that somebody else writes, and that get nothing any more when the rollout is over: no stage can remove them. */
export function leftByHand({ versions }: ServiceDeclaration, rollout: Rollout): string[] {
  const last = rollout._staged().stages.at(-1);
  if (!last?.traffic.weights) return [];
  const used = usedVersions(last.traffic).map((version) => rollout._nameOf(version));
  return versions.flatMap(({ name, existing, deployment }) => {
    if (used.includes(name) || existing?._ours) return [];
    return deployment?.name ?? existing?._read()?.name ?? [];
  });
}
