import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { differences, Manifest, synthesizeStages, V1, V2, V3, web } from './staged';
import { Capacity, HeaderMatch, Lane, Mesh, Mirror, Rollout, RolloutStep, Warnings } from '../../src';

const RUNS = { numRuns: 25 };

interface Generated {
  readonly rollout: Rollout;
  readonly replicas: number;
  /** Weights of each forward stage by name, where they are declared. */
  readonly declared: Readonly<Record<string, Record<string, number>>>;
}

const capacities = fc.constantFrom(() => Capacity.full(), () => Capacity.proportional(), () => Capacity.proportional({ warm: 3 }));

const canaries: fc.Arbitrary<Generated> = fc.record({
  weights: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }).map((weights) => [...weights].sort((a, b) => a - b)),
  replicas: fc.integer({ min: 1, max: 20 }),
  capacity: capacities,
  start: fc.constantFrom('plain', 'lane', 'ab-test', 'mirror', 'blue-green'),
}).map(({ weights, replicas, capacity, start }) => {
  const pair = { stable: 'v1', candidate: 'v2', capacity: capacity() };
  const steps = weights.map((weight) => ({ weight }));
  const declared = Object.fromEntries(weights.map((weight) => [`weight-${weight}`, { v1: 100 - weight, v2: weight }]));
  switch (start) {
    case 'lane': return { rollout: Rollout.canary({ ...pair, steps, lane: Lane.header('x-lane', 'new') }), replicas, declared };
    case 'ab-test': return { rollout: Rollout.abTest({ ...pair, steps, matches: [{ headers: [HeaderMatch.present('x-tester')] }] }), replicas, declared };
    case 'mirror': return { rollout: Rollout.mirror({ ...pair, steps, percent: 50 }), replicas, declared };
    case 'blue-green': return { rollout: Rollout.blueGreen({ ...pair, lane: Lane.header('x-lane', 'new') }), replicas, declared: {} };
    default: return { rollout: Rollout.canary({ ...pair, steps }), replicas, declared };
  }
});

/** Free stages of three versions, with a mirror here and there; the shares differ from stage to stage. */
const free: fc.Arbitrary<Generated> = fc.record({
  splits: fc.uniqueArray(fc.record({ v1: fc.nat(5), v2: fc.nat(5), v3: fc.nat(5) }).filter(({ v1, v2, v3 }) => v1 + v2 + v3 > 0), {
    minLength: 2, maxLength: 5, selector: ({ v1, v2, v3 }) => [v1, v2, v3].map((weight) => weight / (v1 + v2 + v3)).join(),
  }).filter((splits) => ['v1', 'v2', 'v3'].every((version) => splits.some((split) => split[version as 'v1'] > 0))),
  mirrored: fc.nat(4),
  replicas: fc.integer({ min: 1, max: 20 }),
  capacity: capacities,
}).map(({ splits, mirrored, replicas, capacity }) => {
  const copied = splits[mirrored] && (['v1', 'v2', 'v3'] as const).find((version) => splits[mirrored][version] === 0);
  const steps: RolloutStep[] = splits.map((weights, index) => ({
    name: `s${index}`, weights, ...(copied && index >= mirrored && { mirrors: index === mirrored ? [Mirror.to(copied, 30)] : [] }),
  }));
  const declared = Object.fromEntries(splits.map((weights, index) => [`s${index}`, weights]));
  return { rollout: Rollout.stages(steps, { capacity: capacity() }), replicas, declared };
});

const rollouts = fc.oneof(canaries, free);

function warningsOf({ rollout, replicas }: Generated): string[] {
  const app = new App();
  const named = new Set([...rollout._staged().stages].flatMap(({ present }) => present));
  web(new Chart(app, 'test'), { mesh: Mesh.istio(), rollout, stage: '0', versions: [V1, V2, V3].filter(({ name }) => named.has(name)).map((version) => ({ ...version, replicas })) });
  return Warnings.of(app).filter((line) => line.includes('capacity-unknown'));
}

/** Each two sets of which the second is applied on the first: the stages in their order, and each way back from its stage on. */
function transitions({ rollout, replicas }: Generated): { readonly from: Manifest[]; readonly to: Manifest[]; readonly folder: string }[] {
  const named = new Set([...rollout._staged().stages].flatMap(({ present }) => present));
  const versions = [V1, V2, V3].filter(({ name }) => named.has(name)).map((version) => ({ ...version, replicas }));
  const sets = synthesizeStages(rollout, { versions });
  const folders = [...sets.keys()];
  return folders.flatMap((folder, index) => {
    const [, from, at] = /^rollback\/([^/]+)\/(\d+)/.exec(folder) ?? [];
    const before = from === undefined ? folders[index - 1] : at === '00' ? from : folders[index - 1];
    return before === undefined ? [] : [{ from: sets.get(before)!, to: sets.get(folder)!, folder }];
  });
}

interface Destination {
  readonly destination: { readonly subset: string };
  readonly weight?: number;
  readonly percentage?: { readonly value: number };
}

interface HttpRoute {
  readonly match?: unknown;
  readonly route: readonly Destination[];
  readonly mirrors?: readonly Destination[];
}

function routesOf(manifests: readonly Manifest[]): HttpRoute[] {
  return manifests.filter(({ kind }) => kind === 'VirtualService').flatMap(({ spec }) => spec.http as HttpRoute[]);
}

function versionsUsed(manifests: readonly Manifest[]): string[] {
  return [...new Set(routesOf(manifests).flatMap(({ route, mirrors = [] }) => [...route, ...mirrors].map(({ destination }) => destination.subset)))];
}

function podsOf(manifests: readonly Manifest[], version: string): number {
  return manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === `web-${version}`)?.spec.replicas as number ?? 0;
}

function subsetsOf(manifests: readonly Manifest[]): string[] {
  return manifests.filter(({ kind }) => kind === 'DestinationRule').flatMap(({ spec }) => (spec.subsets as { name: string }[]).map(({ name }) => name));
}

describe('from each stage to the next, and on each way back', () => {
  test('what routes use before or after has pods and a subset before and after', () => {
    fc.assert(fc.property(rollouts, (generated) => {
      for (const { from, to } of transitions(generated)) {
        for (const version of [...versionsUsed(from), ...versionsUsed(to)]) {
          for (const set of [from, to]) {
            expect({ version, pods: podsOf(set, version) > 0, subset: subsetsOf(set).includes(version) })
              .toStrictEqual({ version, pods: true, subset: true });
          }
        }
      }
    }), RUNS);
  });

  test('pods are enough for the shares and the copies before and after', () => {
    fc.assert(fc.property(rollouts, (generated) => {
      for (const { from, to } of transitions(generated)) {
        for (const { route, mirrors = [] } of [from, to].map((set) => routesOf(set).at(-1)!)) {
          const total = route.reduce((sum, { weight = 100 }) => sum + weight, 0);
          const shares = [
            ...route.map(({ destination, weight = 100 }) => ({ version: destination.subset, share: weight / total })),
            ...mirrors.map(({ destination, percentage }) => ({ version: destination.subset, share: (percentage?.value ?? 100) / 100 })),
          ];
          for (const { version, share } of shares) {
            for (const set of [from, to]) expect(podsOf(set, version)).toBeGreaterThanOrEqual(Math.ceil(generated.replicas * share - 1e-9));
          }
        }
      }
    }), RUNS);
  });

  test('pods are enough for everything that conditions could send, or as many as stay warm; where nobody said how many, a warning does', () => {
    fc.assert(fc.property(rollouts, (generated) => {
      const capacity = generated.rollout._staged().model.capacity._toModel();
      const warm = capacity.kind === 'proportional' ? Math.min(capacity.warm, generated.replicas) : generated.replicas;
      const warnings = warningsOf(generated);
      const forward = transitions(generated).filter(({ folder }) => !folder.startsWith('rollback'));
      const chosen = transitions(generated).flatMap(({ from, to, folder }) => [from, to].flatMap((set) => routesOf(set).slice(0, -1)
        .flatMap(({ route, mirrors = [] }) => [...route, ...mirrors]).map(({ destination }) => ({ version: destination.subset, from, to, folder }))));
      for (const { version, from, to } of chosen) {
        for (const set of [from, to]) expect(podsOf(set, version)).toBeGreaterThanOrEqual(warm);
      }
      const short = chosen.filter(({ folder }) => forward.some((one) => one.folder === folder))
        .some(({ version, from, to }) => [from, to].some((set) => routesOf(set).length > 1 && podsOf(set, version) < generated.replicas));
      const unsaid = capacity.kind === 'proportional' && !capacity.warmGiven;
      expect(warnings.length > 0).toBe(short && unsaid);
    }), RUNS);
  });

  test('no selector, no pod template and no name changes, and nothing but routes, subsets, numbers of pods and whole objects of a version', () => {
    const allowed = [
      /^[+-] (ServiceAccount|Service|Deployment)\/web-v[123]$/, /^Deployment\/web-v[123]\.spec\.replicas$/,
      /^DestinationRule\/web\.spec\.subsets/, /^VirtualService\/web\.spec\.http/,
    ];
    fc.assert(fc.property(rollouts, (generated) => {
      for (const { from, to } of transitions(generated)) {
        expect(differences(from, to).filter((path) => !allowed.some((pattern) => pattern.test(path)))).toStrictEqual([]);
      }
    }), RUNS);
  });

  test('either the traffic moves, or versions come and go', () => {
    fc.assert(fc.property(rollouts, (generated) => {
      for (const { from, to } of transitions(generated)) {
        const paths = differences(from, to);
        expect(paths.some((path) => path.startsWith('VirtualService')) && paths.some((path) => /^[+-]/.test(path))).toBe(false);
      }
    }), RUNS);
  });
});

test('the weights of a stage are the declared ones', () => {
  fc.assert(fc.property(rollouts, (generated) => {
    const { stages } = generated.rollout._staged();
    const written = new Map(transitions(generated).filter(({ folder }) => !folder.startsWith('rollback')).map(({ folder, to }) => [folder.slice(3), to]));
    for (const [name, weights] of Object.entries(generated.declared)) {
      const manifests = written.get(name);
      if (!manifests) continue; // the first stage
      const wanted = Object.entries(weights).filter(([, weight]) => weight > 0);
      const route = routesOf(manifests).at(-1)!.route;
      const total = wanted.reduce((sum, [, weight]) => sum + weight, 0);
      const sum = route.reduce((all, { weight = 100 }) => all + weight, 0);
      expect(Object.fromEntries(route.map(({ destination, weight = 100 }) => [destination.subset, weight / sum])))
        .toStrictEqual(Object.fromEntries(wanted.map(([version, weight]) => [version, weight / total])));
    }
    expect(Object.keys(generated.declared).filter((name) => !stages.some((stage) => stage.name === name))).toStrictEqual([]);
  }), RUNS);
});
