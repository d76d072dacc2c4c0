import { Duration, Yaml } from 'cdk8s';
import { argoStates } from './argo-controller';
import { flaggerStates } from './flagger-controller';
import { Manifest, manifestsOf, PAIR, usualRollout, WEB } from './services';
import { ArgoRollout, ArgoSplitLevel, FlaggerCanary, Gate, HeaderMatch, Lane, Mesh, PathMatch, Rollout, Traffic } from '../../src';

const ANALYSIS = { prometheus: 'http://prometheus', approvalUrl: 'http://gate' };

/** Percent of the requests that get the candidate, its name in the controller's words, and copies of them. */
function seen(states: Manifest[][], role: string, headers?: Record<string, string>, mesh = 'istio'): number[] {
  return states.map((state) => {
    const traffic = Traffic.fromYaml(state.map((manifest) => Yaml.stringify(manifest)).join('---\n'), { mesh });
    return Math.round(100 * traffic.decide({ host: 'web.shop', headers }).share(role));
  });
}

/** States that look the same to these requests count once. */
function moves(shares: readonly number[]): number[] {
  return shares.filter((share, index) => share !== shares[index - 1]);
}

type Case = readonly [sentence: string, rollout: () => Rollout, headers: Record<string, string> | undefined, shares: readonly number[]];

const X = { 'x-beta': 'yes' };
const LANE = Lane.header('x-lane', 'next');
const BETA = [{ headers: [HeaderMatch.exact('x-beta', 'yes')] }];

/** What the rollouts declare, by hand. */
const BOTH: Case[] = [
  ['a canary', usualRollout, undefined, [0, 10, 50]],
  ['a canary in finer numbers of the same percents', () => Rollout.canary({ ...PAIR, steps: [{ weights: { v1: 19, v2: 1 } }, { weights: { v1: 1, v2: 3 } }] }), undefined, [0, 5, 75]],
  ['an A/B test, for those who are meant', () => Rollout.abTest({ ...PAIR, matches: BETA }), X, [0, 100]],
];

describe.each([ArgoSplitLevel.SUBSET, ArgoSplitLevel.HOST])('Argo Rollouts moves the traffic as declared, at the level %s', (splitLevel) => {
  test.each<Case>([
    ...BOTH.slice(0, 2).map(([sentence, rollout, headers, shares]): Case => [sentence, rollout, headers, [...shares, 100]]),
    ['an A/B test, for those who are meant', BOTH[2][1], X, [0, 100]],
    ['an A/B test, for all others', () => Rollout.abTest({ ...PAIR, matches: BETA, steps: [{ weight: 20 }] }), undefined, [0, 20, 100]],
    ['an A/B test with weights, for those who are meant', () => Rollout.abTest({ ...PAIR, matches: BETA, steps: [{ weight: 20 }] }), X, [0, 100]],
    ['a lane by header', () => Rollout.canary({ ...PAIR, lane: Lane.header('x-beta', 'yes'), steps: [{ weight: 5 }] }), X, [0, 100]],
    ['a lane by cookie', () => Rollout.canary({ ...PAIR, lane: Lane.cookie('beta', 'yes'), steps: [{ weight: 5 }] }), { cookie: 'a=b; beta=yes' }, [0, 100]],
    ['a lane, for a cookie of another value', () => Rollout.canary({ ...PAIR, lane: Lane.cookie('beta', 'yes'), steps: [{ weight: 5 }] }), { cookie: 'beta=yesterday' }, [0, 5, 100]],
    ['a lane beside an A/B test', () => Rollout.abTest({ ...PAIR, matches: BETA, lane: LANE, steps: [{ weight: 20 }] }), { 'x-lane': 'next' }, [0, 100]],
    ['an A/B test beside a lane', () => Rollout.abTest({ ...PAIR, matches: BETA, lane: LANE, steps: [{ weight: 20 }] }), X, [0, 100]],
    ['a lane beside a dark launch', () => Rollout.mirror({ ...PAIR, lane: LANE, steps: [{ weight: 40 }] }), { 'x-lane': 'next' }, [0, 100]],
    ['a lane before a switch', () => Rollout.blueGreen({ ...PAIR, lane: LANE }), { 'x-lane': 'next' }, [0, 100]],
    ['a lane before a switch, for all others', () => Rollout.blueGreen({ ...PAIR, lane: LANE }), undefined, [0, 100]],
    ['a dark launch', () => Rollout.mirror({ ...PAIR, percent: 25, steps: [{ weight: 40 }] }), undefined, [0, 40, 100]],
    ['a blue-green rollout', () => Rollout.blueGreen(PAIR), undefined, [0, 100]],
  ])('%s', (_, rollout, headers, shares) => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, splitLevel, rollout: rollout(), analysis: { prometheus: ANALYSIS.prometheus } }));
    expect(moves(seen(argoStates(manifests), 'canary', headers))).toStrictEqual(shares);
  });

  test('copies go to the candidate while the rollout says so', () => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, splitLevel, rollout: Rollout.mirror({ ...PAIR, percent: 25 }) }));
    const copies = argoStates(manifests).map((state) => Traffic.fromYaml(state.map((manifest) => Yaml.stringify(manifest)).join('---\n'), { mesh: 'istio' }).decide({ host: 'web.shop' }).toString());
    expect(copies.map((text) => text.includes('25'))).toStrictEqual([false, false, true, false, false]);
  });
});

describe.each([['gateway-api', Mesh.gatewayApi()], ['linkerd', Mesh.linkerd()]] as const)('Argo Rollouts moves the traffic as declared by routes of %s', (name, mesh) => {
  test.each<Case>([
    ['a canary', usualRollout, undefined, [0, 10, 50, 100]],
    ['an A/B test, for those who are meant', BOTH[2][1], X, [0, 100]],
    ['an A/B test, for all others', () => Rollout.abTest({ ...PAIR, matches: BETA, steps: [{ weight: 20 }] }), undefined, [0, 20, 100]],
    ['a lane by header', () => Rollout.canary({ ...PAIR, lane: Lane.header('x-beta', 'yes'), steps: [{ weight: 5 }] }), X, [0, 100]],
    ['a lane by cookie', () => Rollout.canary({ ...PAIR, lane: Lane.cookie('beta', 'yes'), steps: [{ weight: 5 }] }), { cookie: 'a=b; beta=yes' }, [0, 100]],
  ])('%s', (_, rollout, headers, shares) => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: rollout(), analysis: { prometheus: ANALYSIS.prometheus } }), mesh);
    expect(moves(seen(argoStates(manifests), 'canary', headers, name))).toStrictEqual(shares);
  });

  test('in all rules of the service, each with its own conditions', () => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', {
      ...WEB, routes: [{ matches: [{ path: PathMatch.prefix('/api') }] }], rollout: Rollout.canary({ ...PAIR, lane: Lane.header('x-beta', 'yes'), steps: [{ weight: 5 }] }),
    }), mesh);
    const states = argoStates(manifests);
    const shares = (path: string, headers?: Record<string, string>) => moves(states.map((state) => Math.round(100 * Traffic
      .fromYaml(state.map((manifest) => Yaml.stringify(manifest)).join('---\n'), { mesh: name }).decide({ host: 'web.shop', path, headers }).share('canary'))));
    expect(['/', '/api/x'].map((path) => [shares(path), shares(path, X)])).toStrictEqual([[[0, 5, 100], [0, 100]], [[0, 5, 100], [0, 100]]]);
  });
});

describe('Flagger moves the traffic as declared', () => {
  test.each<Case>([
    ...BOTH,
    ['an A/B test, for all others', BOTH[2][1], undefined, [0]],
    ['a canary that stays at everything', () => Rollout.canary({ ...PAIR, steps: [{ weight: 30 }, { weight: 100, gates: [Gate.duration(Duration.minutes(1))] }] }), undefined, [0, 30, 100]],
    ['a dark launch', () => Rollout.mirror({ ...PAIR, percent: 25, steps: [{ weight: 40 }] }), undefined, [0, 40]],
    ['a blue-green rollout that waits after the switch', () => Rollout.blueGreen({ ...PAIR, retireGates: [Gate.duration(Duration.minutes(10))] }), undefined, [0, 100]],
  ])('%s', (_, rollout, headers, shares) => {
    const manifests = manifestsOf((chart) => new FlaggerCanary(chart, 'web', { ...WEB, rollout: rollout(), analysis: ANALYSIS }));
    expect(moves(seen(flaggerStates(manifests), 'canary', headers))).toStrictEqual(shares);
  });
});
