import { web } from './staged';
import { HeaderMatch, Lane, Mesh, Rollout } from '../../src';
import { findingsOf } from '../findings';

const PAIR = { stable: 'v1', candidate: 'v2' };
const CANARY = Rollout.canary({ ...PAIR, steps: [{ weight: 10 }] });
const LANE = Rollout.canary({ ...PAIR, steps: [{ weight: 10 }], lane: Lane.header('x-lane', 'new') });
const AB_TEST = Rollout.abTest({ ...PAIR, matches: [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }] });
const MIRROR = Rollout.mirror(PAIR);

const NO_COPIES = ['capability-missing at rollout'];
const NO_MATCHES = { lane: ['capability-missing at rollout.lane'], abTest: ['capability-missing at rollout.matches[0]'] };
const NO_WEIGHTS = ['rollout-unfit at rollout'];

/** All that the first stage already says about later ones; left out: the mesh can go through all stages. */
const ROWS: readonly (readonly [mesh: Mesh, refused: Readonly<Record<string, readonly string[]>>])[] = [
  [Mesh.istio(), {}],
  [Mesh.gatewayApi(), {}],
  [Mesh.kuma(), { mirror: NO_COPIES }],
  [Mesh.linkerd(), { mirror: NO_COPIES }],
  [Mesh.openServiceMesh(), { ...NO_MATCHES, mirror: NO_COPIES }],
  [Mesh.smi(), { ...NO_MATCHES, mirror: NO_COPIES }],
  [Mesh.kubernetes(), { canary: NO_WEIGHTS, lane: NO_WEIGHTS, abTest: NO_WEIGHTS, mirror: NO_WEIGHTS }],
];

const ROLLOUTS: Readonly<Record<string, Rollout>> = { canary: CANARY, lane: LANE, abTest: AB_TEST, mirror: MIRROR };

const CASES = ROWS.flatMap(([mesh, refused]) => Object.keys(ROLLOUTS).map((kind) => ({ mesh, name: mesh.name, kind, says: refused[kind] ?? [] })));

test.each(CASES)('the first stage of $kind on $name says $says', ({ mesh, kind, says }) => {
  const findings = findingsOf((chart) => web(chart, { mesh, rollout: ROLLOUTS[kind], stage: '0' }));
  expect(findings.map((finding) => finding.replace(/^\[test\/web\] ([^:]*).*$/, '$1'))).toStrictEqual(says);
});
