import { Capacity } from './capacity';
import { Gate } from './gate';
import { DeclaredStep, RolloutModel } from './rollout-model';
import {
  AbTestRolloutProps, BlueGreenRolloutProps, CanaryRolloutProps, MirrorRolloutProps, ReplicasRolloutProps, RolloutOptions, StagesRolloutOptions,
  TwoVersionsProps,
} from './rollout-props';
import { RolloutStep } from './rollout-step';
import { StagedRollout, stagedRollout } from './staged-rollout';
import { weightsFrom } from './traffic-places';
import { Mirror } from '../declaration/mirror';

const AB_TEST = 'ab-test';

/**
 * How the traffic of a service moves from version to version: a list of steps, from which the stages follow. Each stage is a complete set of
 * manifests, and can be applied on the one before without an instant in which a request has nowhere to go.
 *
 * One rollout may be given to several services: they move together. Factories never throw; what is wrong is a finding of each service.
 */
export class Rollout {
  /**
   * More and more of the traffic goes to the candidate. Stages: `stable`, `deploy-<candidate>`, `lane` if there is one, the steps, `lane-closed`,
   * `retire-<stable>`, `remove-<stable>`.
   *
   * @param props versions and steps
   */
  public static canary(props: CanaryRolloutProps): Rollout {
    const { stable, candidate, steps = [] } = props;
    return Rollout.ofTwo(props, [onStable(stable), ...laneOpened(props), ...placed(steps), ...rest(steps, candidate), ...laneClosed(props)]);
  }

  /**
   * Everything goes to the candidate at once. Stages: `stable`, `deploy-<candidate>`, `lane` if there is one, `switch`, `lane-closed`,
   * `retire-<stable>`, `remove-<stable>`.
   *
   * @param props versions, and what has to hold
   */
  public static blueGreen(props: BlueGreenRolloutProps): Rollout {
    const { stable, candidate, gates } = props;
    const [before] = [...laneOpened(props), { place: 'rollout', name: `deploy-${candidate}`, deploy: [candidate] }];
    return Rollout.ofTwo(props, [onStable(stable), { ...before, gates }, { ...everything(candidate), name: 'switch' }, ...laneClosed(props)]);
  }

  /**
   * Some users get the candidate first, told by header, cookie or whatever else a route can match. Stages: `stable`, `deploy-<candidate>`, `lane` if
   * there is one, `ab-test`, the steps, `ab-test-ended`, `retire-<stable>`, `remove-<stable>`.
   *
   * @param props versions, whose requests, and steps
   */
  public static abTest(props: AbTestRolloutProps): Rollout {
    const { stable, candidate, matches, gates, steps = [], lane } = props;
    const route = { name: AB_TEST, matches, weights: { [candidate]: 1 } };
    const place = 'rollout.matches';
    const places = { routes: { [AB_TEST]: { place, places: { matches: place, ...weightsFrom('rollout.candidate', [candidate]) } } } };
    const test: DeclaredStep = { place: 'rollout', name: AB_TEST, addRoutes: [route], gates, places };
    const end: DeclaredStep = { place: 'rollout', name: `${AB_TEST}-ended`, dropRoutes: [AB_TEST], closeLane: lane !== undefined };
    return Rollout.ofTwo(props, [onStable(stable), ...laneOpened(props), test, ...placed(steps), ...rest(steps, candidate), end], { matches });
  }

  /**
   * The candidate gets copies of requests first, and its answers are thrown away. Stages: `stable`, `deploy-<candidate>`, `lane` if there is one,
   * `mirror`, the steps, `lane-closed`, `retire-<stable>`, `remove-<stable>`.
   *
   * @param props versions, share of the copies, and steps
   */
  public static mirror(props: MirrorRolloutProps): Rollout {
    const { stable, candidate, percent, gates, steps = [] } = props;
    const places = { mirrors: { 'mirrors': 'rollout', 'mirrors[0]': percent === undefined ? 'rollout' : 'rollout.percent' } };
    const copies: DeclaredStep = { place: 'rollout', name: 'mirror', mirrors: [Mirror.to(candidate, percent)], gates, places };
    const [first, ...others] = [...placed(steps), ...rest(steps, candidate)];
    const moves = [{ ...first, mirrors: first.mirrors ?? [] }, ...others];
    return Rollout.ofTwo(props, [onStable(stable), ...laneOpened(props), copies, ...moves, ...laneClosed(props)]);
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
    const { stable, candidate, pods, steps = [], retireGates } = props;
    const last = [...steps].reverse().find(({ replicas }) => replicas?.[stable] !== undefined)?.replicas;
    const places = { weights: weightsFrom('rollout.pods', [stable, candidate]) };
    const all: DeclaredStep[] = last?.[stable] === 0 ? [] : [{ place: 'rollout', name: `all-${candidate}`, replicas: { [stable]: 0, [candidate]: pods }, places }];
    const first: DeclaredStep = { place: 'rollout', name: 'stable', replicas: { [stable]: pods }, places };
    return Rollout.of(props, { by: 'pods', pair: { stable, candidate }, pods, steps: [first, ...placed(steps), ...all], retireGates });
  }

  /**
   * Free steps, for any number of versions. The first one says what is there before the rollout.
   *
   * @param steps at least two (`rollout-invalid` otherwise), of which the first gives `weights` or `splitByPods`
   * @param options settings
   */
  public static stages(steps: RolloutStep[], options: StagesRolloutOptions = {}): Rollout {
    return Rollout.of(options, { by: 'weights', lane: options.lane, steps: placed(steps) });
  }

  private static ofTwo(props: TwoVersionsProps, steps: readonly DeclaredStep[], more: Pick<RolloutModel, 'matches'> = {}): Rollout {
    const { stable, candidate, lane, retireGates } = props;
    return Rollout.of(props, { by: 'weights', pair: { stable, candidate }, lane, steps, retireGates, ...more });
  }

  private static of({ capacity, retire }: RolloutOptions, { retireGates = [], ...model }: Declared): Rollout {
    return new Rollout(stagedRollout({
      ...model,
      steps: retireGates.length === 0 ? model.steps : [...model.steps.slice(0, -1), withGates(model.steps[model.steps.length - 1], retireGates)],
      capacity: capacity ?? Capacity.full(),
      retire: retire ?? true,
      retireGates: retireGates.length > 0,
    }), {});
  }

  private constructor(private readonly staged: StagedRollout, private readonly names: { readonly [version: string]: string }) {}

  /** Names of the stages, in their order. What `stage` takes, as do `CANARY_STAGE` and the context `canary:stage`. */
  public get stageNames(): string[] {
    return this.staged.stages.map(({ name }) => name);
  }

  /**
   * The same rollout for a service whose versions have other names: both move together.
   *
   * @param names names of the service's versions by the names in the rollout as it was made (`rollout-invalid` if it has no such name, or two get the
   * same); a name left out stays as it is here
   */
  public withVersions(names: { [version: string]: string }): Rollout {
    return new Rollout(this.staged, { ...this.names, ...names });
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

type Declared = Omit<RolloutModel, 'capacity' | 'retire' | 'retireGates'> & { readonly retireGates?: readonly Gate[] };

function onStable(stable: string): DeclaredStep {
  return { place: 'rollout', name: 'stable', weights: { [stable]: 100 }, places: { weights: weightsFrom('rollout.stable', [stable]) } };
}

function everything(candidate: string): DeclaredStep {
  return { place: 'rollout', weight: 100, places: { weights: weightsFrom('rollout.candidate', [candidate]) } };
}

function laneOpened({ lane, candidate }: TwoVersionsProps): DeclaredStep[] {
  return lane ? [{ place: 'rollout', name: 'lane', openLane: candidate, places: { lane: 'rollout.candidate' } }] : [];
}

function laneClosed({ lane }: TwoVersionsProps): DeclaredStep[] {
  return lane ? [{ place: 'rollout', name: 'lane-closed', closeLane: true }] : [];
}

/** The last step waits for its own gates, and for those before a version is taken away. */
function withGates(step: DeclaredStep, retireGates: readonly Gate[]): DeclaredStep {
  const { place, gates = [] } = step;
  const gatePlaces = [...gates.map((_, index) => `${place}.gates[${index}]`), ...retireGates.map((_, index) => `rollout.retireGates[${index}]`)];
  return { ...step, gates: [...gates, ...retireGates], gatePlaces };
}

function placed(steps: readonly RolloutStep[]): DeclaredStep[] {
  return steps.map((step, index) => ({ ...step, place: `rollout.steps[${index}]` }));
}

/** What is missing until the candidate has everything. */
function rest(steps: readonly RolloutStep[], candidate: string): DeclaredStep[] {
  const last = [...steps].reverse().find(({ weight, weights, splitByPods }) => weight !== undefined || weights || splitByPods);
  const others = Object.entries(last?.weights ?? {}).filter(([version, weight]) => version !== candidate && weight > 0);
  const done = last?.weight === 100 || (last?.weights !== undefined && others.length === 0);
  return done ? [] : [everything(candidate)];
}
