import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { synthesizeStages, V1, V2, web } from './staged';
import { CanaryServiceProps, Capacity, HeaderMatch, Lane, Mesh, Mirror, PathMatch, Rollout, RouteProps, TwoVersionsProps, Warnings } from '../../src';

const PAIR = { stable: 'v1', candidate: 'v2' };
const API = [{ path: PathMatch.prefix('/api') }];
const TESTERS: RouteProps = { name: 'testers', matches: [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }] };
const TEN = { versions: [{ ...V1, replicas: 10 }, { ...V2, replicas: 10 }] };
const SCALED = { resources: { cpu: { request: kplus.Cpu.millis(100) } }, autoscaling: { minReplicas: 1, maxReplicas: 10 } };
const LANE = Lane.header('x-lane', 'next');
const PROPORTIONAL = Capacity.proportional();

function abTest(capacity: Capacity, more: Partial<TwoVersionsProps> = {}): Rollout {
  return Rollout.abTest({ ...PAIR, matches: API, steps: [{ weight: 5 }], capacity, ...more });
}

function warningsOf(rollout: Rollout, props: Partial<CanaryServiceProps> = {}): string[] {
  const app = new App();
  web(new Chart(app, 'test'), { mesh: Mesh.istio(), stage: '0', ...TEN, rollout, ...props });
  return Warnings.of(app);
}

function warning(stage: string, version: string, pods: number): string {
  return `[test/web] capacity-unknown at rollout.capacity: at stage "${stage}" conditions send requests to "${version}", nobody knows how many, `
    + `and it has ${pods} of the 10 pods that it needs for all of them; say with \`warm\` how many it takes`;
}

test.each<readonly [sentence: string, warnings: readonly string[], rollout: Rollout, props: Partial<CanaryServiceProps>]>([
  ['an A/B test', [warning('ab-test', 'v2', 1)], abTest(PROPORTIONAL), {}],
  ['a lane', [warning('lane', 'v2', 1)], Rollout.canary({ ...PAIR, lane: LANE, steps: [{ weight: 5 }, { weight: 50 }], capacity: PROPORTIONAL }), {}],
  ['a lane of free steps', [warning('lane', 'v2', 1)], Rollout.stages([{ weights: { v1: 1 } }, { openLane: 'v2' }, { weights: { v1: 9, v2: 1 } }, { closeLane: true, weights: { v2: 1 } }], { lane: LANE, capacity: PROPORTIONAL }), {}],
  ['a route of a step', [warning('weight-5', 'v2', 5)], Rollout.canary({
    ...PAIR, steps: [{ weight: 5, addRoutes: [{ ...TESTERS, weights: { v2: 1 } }] }, { weight: 50, dropRoutes: ['testers'] }], capacity: PROPORTIONAL,
  }), {}],
  ['copies of the requests of a route', [warning('copies', 'v2', 1)], Rollout.canary({
    ...PAIR, steps: [{ name: 'copies', addRoutes: [{ ...TESTERS, mirrors: [Mirror.to('v2')] }] }, { weight: 5 }, { weight: 100, dropRoutes: ['testers'] }], capacity: PROPORTIONAL,
  }), {}],
  ['a route of the service to the version that gets less and less', [warning('weight-100', 'blue', 5)], Rollout.canary({
    ...PAIR, retire: false, steps: [{ weight: 50 }], capacity: PROPORTIONAL,
  }).withVersions({ v1: 'blue' }), { versions: [{ ...V1, name: 'blue', replicas: 10 }, { ...V2, replicas: 10 }], routes: [{ ...TESTERS, weights: { blue: 1 } }] }],
])('warns of fewer pods than %s may need', (_, warnings, rollout, props) => {
  expect(warningsOf(rollout, props)).toStrictEqual(warnings);
});

test.each<readonly [sentence: string, rollout: Rollout, props: Partial<CanaryServiceProps>]>([
  ['who says how many pods stay warm', abTest(Capacity.proportional({ warm: 1 })), {}],
  ['who takes more traffic for each pod', abTest(Capacity.proportional({ allowOverload: true })), {}],
  ['all pods', abTest(Capacity.full()), {}],
  ['fixed numbers of pods', abTest(Capacity.fixed({ v2: 10 })), {}],
  ['a step that gives the pods', Rollout.stages([
    { weights: { v1: 1 } }, { addRoutes: [{ ...TESTERS, weights: { v2: 1 } }], replicas: { v2: 4 } },
    { weights: { v2: 1 }, dropRoutes: ['testers'], replicas: { v2: 10 } },
  ], { capacity: PROPORTIONAL }), {}],
  ['an autoscaler', abTest(PROPORTIONAL), {
    versions: [{ ...V1, replicas: 10 }, { ...V2, ...SCALED }],
  }],
  ['shares without conditions', Rollout.canary({ ...PAIR, steps: [{ weight: 5 }], capacity: PROPORTIONAL }), {}],
  ['routes that share as the service does', Rollout.canary({ ...PAIR, steps: [{ weight: 5 }], capacity: PROPORTIONAL }), { routes: [TESTERS] }],
  ['copies of a known share', Rollout.mirror({ ...PAIR, percent: 30, capacity: PROPORTIONAL }), {}],
])('is silent about %s', (_, rollout, props) => {
  expect(warningsOf(rollout, props)).toStrictEqual([]);
});

test('the pods that stay warm are there when the conditions begin, and before', () => {
  const pods = [...synthesizeStages(abTest(Capacity.proportional({ warm: 4 })), TEN)].map(([folder, manifests]) =>
    [folder, manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web-v2')?.spec.replicas]);
  expect(Object.fromEntries(pods)).toMatchObject({ '01-deploy-v2': 4, '02-ab-test': 4, '03-weight-5': 10, '04-weight-100': 10 });
});
