import { Capacity } from './capacity';
import { DeclaredStep, RolloutModel } from './rollout-model';
import { AbTestRolloutProps, BlueGreenRolloutProps, CanaryRolloutProps, MirrorRolloutProps, ReplicasRolloutProps, RolloutOptions } from './rollout-props';
import { RolloutStep } from './rollout-step';
import { StagedRollout, stagedRollout } from './staged-rollout';
import { Mirror } from '../declaration/mirror';

/**
 * How the traffic of a service moves from version to version: a list of steps, from which the stages follow. Each stage is a complete set of
 * manifests, and can be applied on the one before without an instant in which a request has nowhere to go.
 *
 * One rollout may be given to several services: they move together. Factories never throw; what is wrong is a finding of each service.
 */
export class Rollout {
  /**
   * More and more of the traffic goes to the candidate. Stages: `stable`, `deploy-<candidate>`, the steps, `retire-<stable>`, `remove-<stable>`.
   *
   * @param props versions and steps
   */
  public static canary(props: CanaryRolloutProps): Rollout {
    const { stable, candidate, lane, steps = [] } = props;
    const open: DeclaredStep[] = lane ? [{ place: 'rollout', name: 'lane', openLane: candidate }] : [];
    const close: DeclaredStep[] = lane ? [{ place: 'rollout', name: 'lane-closed', closeLane: true }] : [];
    const ofPair = { by: 'weights' as const, pair: { stable, candidate }, lane };
    return Rollout.of(props, { ...ofPair, steps: [onStable(stable), ...open, ...placed(steps), ...rest(steps, candidate), ...close] });
  }

  /**
   * Everything goes to the candidate at once.
   *
   * @param props versions, and what has to hold
   */
  public static blueGreen(props: BlueGreenRolloutProps): Rollout {
    const { stable, candidate, preview, gates, retireGates } = props;
    const before: DeclaredStep = preview
      ? { place: 'rollout', name: 'preview', openLane: candidate, gates }
      : { place: 'rollout', name: `deploy-${candidate}`, deploy: [candidate], gates };
    const after: DeclaredStep = { place: 'rollout', name: 'switch', weight: 100, closeLane: true, gates: retireGates };
    return Rollout.of(props, { by: 'weights', pair: { stable, candidate }, lane: preview, steps: [onStable(stable), before, after] });
  }

  /**
   * Some users get the candidate first, told by header, cookie or whatever else a route can match.
   *
   * @param props versions, whose requests, and steps
   */
  public static abTest(props: AbTestRolloutProps): Rollout {
    const { stable, candidate, matches, gates, steps = [] } = props;
    const route = { name: 'ab-test', matches, weights: { [candidate]: 1 } };
    const test: DeclaredStep = { place: 'rollout', name: 'ab-test', addRoutes: [route], gates };
    const end: DeclaredStep = { place: 'rollout', name: 'ab-test-ended', dropRoutes: ['ab-test'] };
    return Rollout.of(props, {
      by: 'weights', pair: { stable, candidate }, steps: [onStable(stable), test, ...placed(steps), ...rest(steps, candidate), end],
    });
  }

  /**
   * The candidate gets copies of requests first, and its answers are thrown away.
   *
   * @param props versions, share of the copies, and steps
   */
  public static mirror(props: MirrorRolloutProps): Rollout {
    const { stable, candidate, percent, gates, steps = [] } = props;
    const copies: DeclaredStep = { place: 'rollout', name: 'mirror', mirrors: [Mirror.to(candidate, percent)], gates };
    const moves = [...placed(steps), ...rest(steps, candidate)];
    const [first, ...others] = moves;
    return Rollout.of(props, {
      by: 'weights', pair: { stable, candidate }, steps: [onStable(stable), copies, { ...first, mirrors: first.mirrors ?? [] }, ...others],
    });
  }

  /**
   * Pods are exchanged, and they are the shares. That is the rollout for services without a mesh; elsewhere it works too, with the shares left to
   * the pods that are ready (`splitByPods`).
   *
   * Where a step adds pods of one version and takes some of the other, or sends to a version that had none, a stage `grow-<step>` with the pods of
   * both comes before it.
   *
   * @param props versions, number of pods, and steps
   */
  public static replicas(props: ReplicasRolloutProps): Rollout {
    const { stable, candidate, pods, steps = [] } = props;
    const last = steps.at(-1)?.replicas?.[stable];
    const all: DeclaredStep[] = last === 0 ? [] : [{ place: 'rollout', name: `all-${candidate}`, replicas: { [stable]: 0, [candidate]: pods } }];
    const first: DeclaredStep = { place: 'rollout', name: 'stable', replicas: { [stable]: pods } };
    return Rollout.of(props, { by: 'pods', pair: { stable, candidate }, steps: [first, ...placed(steps), ...all] });
  }

  /**
   * Free steps, for any number of versions. The first one says what is there before the rollout.
   *
   * @param steps at least two (`rollout-invalid` otherwise), of which the first gives `weights` or `splitByPods`
   * @param options settings
   */
  public static stages(steps: RolloutStep[], options: RolloutOptions = {}): Rollout {
    return Rollout.of(options, { by: 'weights', steps: placed(steps) });
  }

  private static of({ capacity, retire }: RolloutOptions, model: Omit<RolloutModel, 'capacity' | 'retire'>): Rollout {
    return new Rollout(stagedRollout({ ...model, capacity: capacity ?? Capacity.full(), retire: retire ?? true }), {});
  }

  private constructor(private readonly staged: StagedRollout, private readonly names: { readonly [version: string]: string }) {}

  /** Names of the stages, in their order. What `stage` takes, as do `CANARY_STAGE` and the context `canary:stage`. */
  public get stageNames(): string[] {
    return this.staged.stages.map(({ name }) => name);
  }

  /**
   * The same rollout for a service whose versions have other names: both move together.
   *
   * @param names names of the service's versions by the names in this rollout; a name left out stays
   */
  public withVersions(names: { [version: string]: string }): Rollout {
    return new Rollout(this.staged, names);
  }

  /** @internal */
  public _staged(): StagedRollout {
    return this.staged;
  }

  /** @internal */
  public _nameOf(version: string): string {
    return Object.hasOwn(this.names, version) ? this.names[version] : version;
  }

  /** @internal */
  public _renamed(): string[] {
    return Object.keys(this.names);
  }
}

function onStable(stable: string): DeclaredStep {
  return { place: 'rollout', name: 'stable', weights: { [stable]: 100 } };
}

function placed(steps: readonly RolloutStep[]): DeclaredStep[] {
  return steps.map((step, index) => ({ ...step, place: `rollout.steps[${index}]` }));
}

/** What is missing until the candidate has everything. */
function rest(steps: readonly RolloutStep[], candidate: string): DeclaredStep[] {
  const last = [...steps].reverse().find(({ weight, weights, splitByPods }) => weight !== undefined || weights || splitByPods);
  const others = Object.entries(last?.weights ?? {}).filter(([version, weight]) => version !== candidate && weight > 0);
  const done = last?.weight === 100 || (last?.weights !== undefined && others.length === 0);
  return done ? [] : [{ place: 'rollout', weight: 100 }];
}
