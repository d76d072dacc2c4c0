import { Chart, Duration } from 'cdk8s';
import { differences, foldersOf, manifestsAt, synthesizeStages, V1, V2, V3, web } from './staged';
import {
  CanaryService, CanaryServiceProps, Capacity, Fault, Gate, GatewayApiGateway, GatewayApiImplementation, HeaderMatch, IstioGateway, Lane, Mesh,
  Mirror, PathMatch, Protocol, Rollout, RolloutStep,
} from '../../src';

const PAIR = { stable: 'v1', candidate: 'v2' };
const TESTERS = [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }];

/** What changes from each stage to the next, written down by hand: these lines are the rules of the stages. */
const ROLLOUTS: readonly (readonly [sentence: string, rollout: Rollout, changes: Record<string, readonly string[]>])[] = [
  ['a canary deploys, moves, keeps the old version warm, and takes its pods before its subset', Rollout.canary({ ...PAIR, steps: [{ weight: 10 }] }), {
    '00-stable': [],
    '01-deploy-v2': [
      'DestinationRule/web.spec.subsets[1]', '+ ServiceAccount/web-v2', '+ Service/web-v2', '+ Deployment/web-v2',
    ],
    '02-weight-10': ['VirtualService/web.spec.http[0].route[0].weight', 'VirtualService/web.spec.http[0].route[1]'],
    '03-weight-100': [
      'VirtualService/web.spec.http[0].route[0].destination.subset', 'VirtualService/web.spec.http[0].route[0].weight',
      'VirtualService/web.spec.http[0].route[1]',
    ],
    '04-retire-v1': ['Deployment/web-v1.spec.replicas', '- Service/web-v1'],
    '05-remove-v1': [
      '- ServiceAccount/web-v1', '- Deployment/web-v1',
      'DestinationRule/web.spec.subsets[0].labels.version', 'DestinationRule/web.spec.subsets[0].name', 'DestinationRule/web.spec.subsets[1]',
    ],
  }],
  ['a lane opens when its version is there, and closes when everything goes there anyway', Rollout.canary({ ...PAIR, lane: Lane.header('x-lane', 'new') }), {
    '00-stable': [],
    '01-deploy-v2': [
      'DestinationRule/web.spec.subsets[1]', '+ ServiceAccount/web-v2', '+ Service/web-v2', '+ Deployment/web-v2',
    ],
    '02-lane': [
      'VirtualService/web.spec.http[0].match', 'VirtualService/web.spec.http[0].name', 'VirtualService/web.spec.http[0].route[0].destination.subset',
      'VirtualService/web.spec.http[1]',
    ],
    '03-weight-100': ['VirtualService/web.spec.http[1].route[0].destination.subset'],
    '04-lane-closed': [
      'VirtualService/web.spec.http[0].match', 'VirtualService/web.spec.http[0].name', 'VirtualService/web.spec.http[1]',
    ],
  }],
];

describe('stages', () => {
  test.each(ROLLOUTS)('%s', (_, rollout, changes) => {
    const stages = synthesizeStages(rollout);
    const folders = [...stages.keys()].filter((folder) => !folder.startsWith('rollback/'));

    const sets = folders.map((folder) => stages.get(folder)!);

    const actual = folders.map((folder, index) => [folder, differences(sets[Math.max(index - 1, 0)], sets[index]).sort()]);

    const wanted = Object.entries(changes).map(([folder, paths]) => [folder, [...paths].sort()]);
    expect(actual.slice(0, wanted.length)).toStrictEqual(wanted);
  });

  test.each<readonly [sentence: string, rollout: Rollout, names: readonly string[]]>([
    ['a canary without steps moves everything at once', Rollout.canary(PAIR), ['stable', 'deploy-v2', 'weight-100', 'retire-v1', 'remove-v1']],
    ['a last step of 100 percent is not repeated', Rollout.canary({ ...PAIR, steps: [{ weight: 50 }, { name: 'all', weight: 100 }] }),
      ['stable', 'deploy-v2', 'weight-50', 'all', 'retire-v1', 'remove-v1']],
    ['weights in other numbers end a canary as well', Rollout.canary({ ...PAIR, steps: [{ weights: { v1: 199, v2: 1 } }, { weights: { v2: 7 } }] }),
      ['stable', 'deploy-v2', 'weights-199-1', 'weights-7', 'retire-v1', 'remove-v1']],
    ['versions without traffic may stay', Rollout.canary({ ...PAIR, retire: false }), ['stable', 'deploy-v2', 'weight-100']],
    ['a blue-green rollout switches once', Rollout.blueGreen(PAIR), ['stable', 'deploy-v2', 'switch', 'retire-v1', 'remove-v1']],
    ['a lane of a blue-green rollout is open until everything is switched', Rollout.blueGreen({ ...PAIR, lane: Lane.cookie('preview', 'yes') }),
      ['stable', 'deploy-v2', 'lane', 'switch', 'lane-closed', 'retire-v1', 'remove-v1']],
    ['an A/B test begins with some users', Rollout.abTest({ ...PAIR, matches: TESTERS, steps: [{ weight: 20 }] }),
      ['stable', 'deploy-v2', 'ab-test', 'weight-20', 'weight-100', 'ab-test-ended', 'retire-v1', 'remove-v1']],
    ['a dark launch begins with copies', Rollout.mirror({ ...PAIR, percent: 25 }), ['stable', 'deploy-v2', 'mirror', 'weight-100', 'retire-v1', 'remove-v1']],
    ['pods that come stand beside pods that go', Rollout.replicas({ ...PAIR, pods: 3, steps: [{ replicas: { v2: 1 } }, { replicas: { v1: 1, v2: 2 } }] }),
      ['stable', 'pods-1', 'grow-pods-1-2', 'pods-1-2', 'grow-all-v2', 'all-v2', 'remove-v1']],
    ['each of several versions is deployed before its step, and retired at the end', Rollout.stages([
      { name: 'old', weights: { v1: 1 } }, { name: 'copies', mirrors: [Mirror.to('v2')] }, { name: 'new', weights: { v1: 1, v3: 1 }, mirrors: [] }, { name: 'newest', weights: { v3: 1 } },
    ]), ['old', 'deploy-v2', 'copies', 'deploy-v3', 'new', 'newest', 'retire-v1-v2', 'remove-v1-v2']],
    ['a step that deploys is a stage like others', Rollout.stages([{ name: 'old', weights: { v1: 1 } }, { deploy: ['v2'] }, { weights: { v2: 1 } }], { retire: false }),
      ['old', 'deploy-v2', 'weights-1']],
    ['what is deployed in the first step needs no stage', Rollout.stages([{ name: 'old', weights: { v1: 1 }, deploy: ['v2'] }, { name: 'new', weights: { v2: 1 } }], { retire: false }),
      ['old', 'new']],
    ['shares by pods need the pods of all versions', Rollout.stages([{ splitByPods: true }, { name: 'v1', weights: { v1: 1 } }, { name: 'v2', weights: { v2: 1 } }], { retire: false }),
      ['by-pods', 'v1', 'v2']],
  ])('%s', (_, rollout, names) => {
    expect(rollout.stageNames).toStrictEqual(names);
  });
});

describe('a rollout of pods', () => {
  const ROUTED = Rollout.replicas({
    ...PAIR, pods: 3, steps: [{ name: 'try', replicas: { v2: 1 }, addRoutes: [{ name: 'testers', matches: TESTERS, weights: { v2: 1 } }] }], retire: false,
  });

  // A weight would send to pods that are not ready yet; who spreads over pods leaves them out until they are.
  test('leaves the shares to the pods that are ready, where there is a mesh', () => {
    const [stable, grown] = ['stable', 'grow-all-v2'].map((stage) => manifestsAt(stage, (chart) => web(chart, { rollout: Rollout.replicas({ ...PAIR, pods: 3 }) })));
    expect(differences(stable, grown)).toStrictEqual([
      'DestinationRule/web.spec.subsets[1]', '+ ServiceAccount/web-v2', '+ Service/web-v2', '+ Deployment/web-v2',
    ]);
    expect(stable.some(({ kind }) => kind === 'VirtualService')).toBe(false);
  });

  test('has pods before routes send to them, and after', () => {
    expect(ROUTED.stageNames).toStrictEqual(['stable', 'grow-try', 'try', 'grow-all-v2', 'all-v2']);
    const sets = synthesizeStages(ROUTED);
    const states = ['00-stable', '01-grow-try', '02-try', 'rollback/02-try/00-back', 'rollback/02-try/01-retire', 'rollback/02-try/02-stable'].map((folder) => {
      const routed = JSON.stringify(sets.get(folder)!.find(({ kind }) => kind === 'VirtualService') ?? '').includes('"subset":"v2"');
      return [folder, sets.get(folder)!.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web-v2')?.spec.replicas, routed];
    });
    expect(states).toStrictEqual([
      ['00-stable', undefined, false], ['01-grow-try', 1, false], ['02-try', 1, true],
      ['rollback/02-try/00-back', 1, false], ['rollback/02-try/01-retire', 0, false], ['rollback/02-try/02-stable', undefined, false],
    ]);
  });
});

describe('the leaf of a version', () => {
  const ROLLOUT = Rollout.canary(PAIR);
  const PODS = Rollout.replicas({ ...PAIR, pods: 3 });
  const leavesOf = (rollout: Rollout, mesh: Mesh) => Object.fromEntries([...synthesizeStages(rollout, {}, mesh)]
    .map(([folder, manifests]) => [folder, manifests.filter(({ kind, metadata }) => kind === 'Service' && metadata.name !== 'web').map(({ metadata }) => metadata.name)]));

  // A Service without pods that no route needs would be one more thing that answers nobody.
  test('goes with its pods where no route sends to it, and comes back at the end of the way back', () => {
    expect(leavesOf(ROLLOUT, Mesh.istio())).toMatchObject({
      '01-deploy-v2': ['web-v1', 'web-v2'],
      '03-retire-v1': ['web-v2'],
      '04-remove-v1': ['web-v2'],
      'rollback/01-deploy-v2/00-retire': ['web-v1'],
      'rollback/03-retire-v1/00-restore': ['web-v2'],
      'rollback/03-retire-v1/01-back': ['web-v2'],
      'rollback/03-retire-v1/02-retire': [],
      'rollback/03-retire-v1/03-stable': ['web-v1'],
      'rollback/04-remove-v1/00-restore': ['web-v2'],
      'rollback/04-remove-v1/01-back': ['web-v2'],
      'rollback/04-remove-v1/03-stable': ['web-v1'],
    });
    expect(leavesOf(PODS, Mesh.kubernetes())).toMatchObject({
      '01-grow-all-v2': ['web-v1', 'web-v2'], '02-all-v2': ['web-v2'], 'rollback/02-all-v2/00-restore': ['web-v2'], 'rollback/02-all-v2/01-back': [], 'rollback/02-all-v2/02-stable': ['web-v1'],
    });
  });

  test('goes after its pods where routes send to it', () => {
    for (const mesh of [Mesh.smi(), Mesh.linkerd()]) {
      // No route has known v2 before its traffic came.
      expect(leavesOf(ROLLOUT, mesh)).toMatchObject({ 'rollback/01-deploy-v2/00-retire': ['web-v1'], 'rollback/02-weight-100/01-retire': ['web-v1', 'web-v2'] });
      expect(leavesOf(ROLLOUT, mesh)).toMatchObject({ '03-retire-v1': ['web-v1', 'web-v2'], '04-remove-v1': ['web-v2'], 'rollback/04-remove-v1/00-restore': ['web-v1', 'web-v2'] });
    }
  });

  test.each<readonly [sentence: string, use: (service: CanaryService, chart: Chart) => void, kept: boolean]>([
    ['stays if the app builds on it', (service) => service.version('v1').leaf.name, true],
    ['stays if a gateway goes by leaves', (service, chart) => service.exposeViaGateway(new GatewayApiGateway(chart, 'gw', {
      implementation: GatewayApiImplementation.ISTIO, gatewayClassName: 'istio', listeners: [{ port: 80, protocol: Protocol.HTTP }],
    })), true],
    ['goes if a gateway goes by subsets', (service, chart) => service.exposeViaGateway(new IstioGateway(chart, 'gw', { listeners: [{ port: 80, protocol: Protocol.HTTP }] })), false],
  ])('%s', (_, use, kept) => {
    const manifests = manifestsAt('retire-v1', (chart) => use(web(chart, { rollout: ROLLOUT }), chart));
    expect(manifests.some(({ kind, metadata }) => kind === 'Service' && metadata.name === 'web-v1')).toBe(kept);
  });
});

describe('the way back', () => {
  test('goes from any stage to the first one, with the traffic before the pods', () => {
    const folders = foldersOf(Rollout.canary({ ...PAIR, steps: [{ weight: 50 }] })).filter((folder) => folder.startsWith('rollback/'));
    expect(folders).toStrictEqual([
      'rollback/01-deploy-v2/00-retire', 'rollback/01-deploy-v2/01-stable',
      'rollback/02-weight-50/00-back', 'rollback/02-weight-50/01-retire', 'rollback/02-weight-50/02-stable',
      'rollback/03-weight-100/00-back', 'rollback/03-weight-100/01-retire', 'rollback/03-weight-100/02-stable',
      'rollback/04-retire-v1/00-restore', 'rollback/04-retire-v1/01-back', 'rollback/04-retire-v1/02-retire', 'rollback/04-retire-v1/03-stable',
      'rollback/05-remove-v1/00-restore', 'rollback/05-remove-v1/01-back', 'rollback/05-remove-v1/02-retire', 'rollback/05-remove-v1/03-stable',
    ]);
  });

  test('can have routes for what comes through one gateway', () => {
    const build = (chart: Chart) => {
      const gateway = new IstioGateway(chart, 'edge', { listeners: [{ port: 80, protocol: Protocol.HTTP }] });
      const testers: RolloutStep = { name: 'testers', addRoutes: [{ name: 'testers', matches: [{ gateway }], weights: { v2: 1 } }] };
      web(chart, { rollout: Rollout.canary({ ...PAIR, steps: [testers] }) }).exposeViaGateway(gateway, { hosts: ['shop.example.com'] });
    };
    const back = manifestsAt('rollback/02-testers/00-back', build);
    expect(differences(manifestsAt('deploy-v2', build), back)).toStrictEqual([]);
  });

  test('has no set that changes nothing', () => {
    const rollout = Rollout.stages([{ name: 'all-v1', weights: { v1: 100 }, deploy: ['v2'] }, { name: '20-v2', weights: { v1: 80, v2: 20 } }]);
    expect(foldersOf(rollout)).toStrictEqual(['00-all-v1', '01-20-v2', 'rollback/01-20-v2/00-back']);
    expect(differences(manifestsAt('all-v1', (chart) => web(chart, { rollout })), manifestsAt('rollback/01-20-v2/00-back', (chart) => web(chart, { rollout })))).toStrictEqual([]);
  });

  test('restores pods that the capacity has taken, before the traffic moves', () => {
    const rollout = Rollout.canary({ ...PAIR, steps: [{ weight: 50 }, { weight: 90 }], capacity: Capacity.proportional() });
    const pods = podCounts(rollout, { versions: [{ ...V1, replicas: 10 }, { ...V2, replicas: 10 }] });
    expect(pods).toMatchObject({
      'rollback/03-weight-90/00-restore': { v1: 10, v2: 10 },
      'rollback/03-weight-90/01-back': { v1: 10, v2: 10 },
      'rollback/03-weight-90/02-retire': { v1: 10, v2: 0 },
      'rollback/03-weight-90/03-stable': { v1: 10 },
    });
  });

  test('ends with the very manifests of the first stage', () => {
    const stages = synthesizeStages(Rollout.mirror({ ...PAIR, steps: [{ weight: 50 }] }));
    const ends = [...stages.keys()].filter((folder) => folder.endsWith('-stable'));
    for (const folder of ends) expect(stages.get(folder)).toStrictEqual(stages.get('00-stable'));
    expect(ends).toHaveLength(7);
  });
});

describe('pods', () => {
  const TEN = { versions: [{ ...V1, replicas: 10 }, { ...V2, replicas: 10 }] };

  test('are those declared, as long as a version runs', () => {
    expect(podCounts(Rollout.canary({ ...PAIR, steps: [{ weight: 50 }] }), TEN)).toMatchObject({
      '00-stable': { v1: 10 },
      '01-deploy-v2': { v1: 10, v2: 10 },
      '02-weight-50': { v1: 10, v2: 10 },
      '03-weight-100': { v1: 10, v2: 10 },
      '04-retire-v1': { v1: 0, v2: 10 },
      '05-remove-v1': { v2: 10 },
    });
  });

  test('follow the shares: up a stage before the traffic, down a stage after it', () => {
    const rollout = Rollout.canary({ ...PAIR, steps: [{ weight: 5 }, { weight: 50 }], capacity: Capacity.proportional({ warm: 2 }) });
    expect(podCounts(rollout, TEN)).toMatchObject({
      '00-stable': { v1: 10 },
      '01-deploy-v2': { v1: 10, v2: 2 },
      '02-weight-5': { v1: 10, v2: 5 },
      '03-weight-50': { v1: 10, v2: 10 },
      '04-weight-100': { v1: 5, v2: 10 },
      '05-retire-v1': { v1: 0, v2: 10 },
      '06-remove-v1': { v2: 10 },
    });
  });

  test('are enough for copies of requests, too', () => {
    const rollout = Rollout.mirror({ ...PAIR, percent: 30, steps: [{ weight: 10 }], capacity: Capacity.proportional() });
    expect(podCounts(rollout, TEN)).toMatchObject({ '01-deploy-v2': { v2: 3 }, '02-mirror': { v2: 3 }, '03-weight-10': { v2: 10 } });
  });

  test('stay as the capacity fixes them', () => {
    const rollout = Rollout.canary({ ...PAIR, steps: [{ weight: 10 }], capacity: Capacity.fixed({ v2: 12 }) });
    expect(podCounts(rollout, TEN)).toMatchObject({ '01-deploy-v2': { v1: 10, v2: 12 }, '02-weight-10': { v1: 10, v2: 12 }, '05-remove-v1': { v2: 12 } });
  });

  test('are those of a step, a stage before it and a stage after it', () => {
    const rollout = Rollout.canary({ ...PAIR, steps: [{ weight: 10, replicas: { v2: 3 } }, { weight: 50, replicas: { v2: 10 } }] });
    expect(podCounts(rollout, TEN)).toMatchObject({ '01-deploy-v2': { v2: 10 }, '02-weight-10': { v2: 10 }, '03-weight-50': { v2: 10 } });
  });

  test('are the shares without a mesh', () => {
    const rollout = Rollout.replicas({ ...PAIR, pods: 3, steps: [{ replicas: { v1: 2, v2: 1 } }] });
    expect(podCounts(rollout, {}, Mesh.kubernetes())).toStrictEqual({
      '00-stable': { v1: 3 },
      '01-grow-pods-2-1': { v1: 3, v2: 1 },
      '02-pods-2-1': { v1: 2, v2: 1 },
      '03-grow-all-v2': { v1: 2, v2: 3 },
      '04-all-v2': { v1: 0, v2: 3 },
      '05-remove-v1': { v2: 3 },
      'rollback/01-grow-pods-2-1/00-back': { v1: 3, v2: 0 },
      'rollback/01-grow-pods-2-1/01-stable': { v1: 3 },
      'rollback/02-pods-2-1/00-restore': { v1: 3, v2: 1 },
      'rollback/02-pods-2-1/01-back': { v1: 3, v2: 0 },
      'rollback/02-pods-2-1/02-stable': { v1: 3 },
      'rollback/03-grow-all-v2/00-restore': { v1: 3, v2: 3 },
      'rollback/03-grow-all-v2/01-back': { v1: 3, v2: 0 },
      'rollback/03-grow-all-v2/02-stable': { v1: 3 },
      'rollback/04-all-v2/00-restore': { v1: 3, v2: 3 },
      'rollback/04-all-v2/01-back': { v1: 3, v2: 0 },
      'rollback/04-all-v2/02-stable': { v1: 3 },
      'rollback/05-remove-v1/00-restore': { v1: 3, v2: 3 },
      'rollback/05-remove-v1/01-back': { v1: 3, v2: 0 },
      'rollback/05-remove-v1/02-stable': { v1: 3 },
    });
  });
});

/** Numbers of pods by version, at each set. */
function podCounts(rollout: Rollout, props: Partial<CanaryServiceProps>, mesh = Mesh.istio()): Record<string, Record<string, number>> {
  return Object.fromEntries([...synthesizeStages(rollout, props, mesh)].map(([folder, manifests]) => [
    folder,
    Object.fromEntries(manifests.filter(({ kind }) => kind === 'Deployment').map(({ metadata, spec }) => [metadata.name.replace('web-', ''), spec.replicas as number])),
  ]));
}

describe('a lane', () => {
  const LANE = Lane.header('x-lane', 'new');

  test('keeps requests on the candidate, and does to them what the declared routes do', () => {
    const rollout = Rollout.canary({ ...PAIR, lane: LANE });
    const routes = [
      { name: 'api', matches: [{ path: PathMatch.prefix('/api') }], timeout: Duration.seconds(2) },
      { matches: [{ path: PathMatch.exact('/old') }], redirect: { path: '/new' } },
    ];
    const [service] = manifestsAt('lane', (chart) => web(chart, { rollout, routes })).filter(({ kind }) => kind === 'VirtualService');
    const marked = { headers: { 'x-lane': { exact: 'new' } } };
    const to = (subset: string) => ({ route: [{ destination: { subset } }] });
    expect(service.spec.http).toMatchObject([
      { name: 'api-lane', match: [{ ...marked, uri: { exact: '/api' } }, { ...marked, uri: { prefix: '/api/' } }], timeout: '2s', ...to('v2') },
      { match: [{ ...marked, uri: { exact: '/old' } }], redirect: { uri: '/new' } },
      { name: 'lane', match: [marked], ...to('v2') },
      { name: 'api', match: [{ uri: { exact: '/api' } }, { uri: { prefix: '/api/' } }], timeout: '2s', ...to('v1') },
      { match: [{ uri: { exact: '/old' } }], redirect: { uri: '/new' } },
      to('v1'),
    ]);
  });

  test('of cookies asks for the cookie', () => {
    const rollout = Rollout.canary({ ...PAIR, lane: Lane.cookie('lane', 'new') });
    const [service] = manifestsAt('lane', (chart) => web(chart, { rollout })).filter(({ kind }) => kind === 'VirtualService');
    const [{ name, match: [{ headers: { cookie } }] }] = service.spec.http as [{ name: string; match: [{ headers: { cookie: { regex: string } } }] }];
    expect([name, Object.keys(cookie)]).toStrictEqual(['lane', ['regex']]);
    // Istio compares the whole header: https://istio.io/latest/docs/reference/config/networking/virtual-service/#StringMatch
    const isMarked = (header: string) => new RegExp(`^(?:${cookie.regex})$`).test(header);
    expect(['lane=new', 'a=b; lane=new', 'lane=new; a=b', 'a=b; lane=new; c=d'].map(isMarked)).toStrictEqual([true, true, true, true]);
    expect(['lane=newer', 'lane=old', 'plane=new', 'a=lane=new', 'Lane=new', 'lane=old; b=new', ''].map(isMarked)).toStrictEqual(Array(7).fill(false));
  });

  test('leaves out routes that no request with the mark can meet', () => {
    const routes = [
      { name: 'old', matches: [{ headers: [HeaderMatch.exact('x-lane', 'old')] }], timeout: Duration.seconds(2) },
      { name: 'api', matches: [{ headers: [HeaderMatch.exact('X-Lane', 'older')] }, { path: PathMatch.exact('/api') }], timeout: Duration.seconds(3) },
    ];
    const [service] = manifestsAt('lane', (chart) => web(chart, { rollout: Rollout.canary({ ...PAIR, lane: LANE }), routes })).filter(({ kind }) => kind === 'VirtualService');
    const rules = service.spec.http as { name?: string; match?: unknown[] }[];
    expect(rules.map(({ name, match }) => [name, match?.length])).toStrictEqual([['api-lane', 1], ['lane', 1], ['old', 1], ['api', 2], [undefined, undefined]]);
  });

  test.each<readonly [kind: string, rollout: Rollout, names: readonly string[]]>([
    ['an A/B test', Rollout.abTest({ ...PAIR, matches: TESTERS, lane: LANE }), ['lane', 'ab-test', 'weight-100']],
    ['a rollout with copies', Rollout.mirror({ ...PAIR, lane: LANE }), ['lane', 'mirror', 'weight-100']],
    ['a blue-green rollout', Rollout.blueGreen({ ...PAIR, lane: LANE }), ['lane', 'switch']],
    ['free steps', Rollout.stages([
      { name: 'old', weights: { v1: 1 } }, { openLane: 'v2' }, { name: 'half', weights: { v1: 1, v2: 1 } }, { closeLane: true }, { name: 'new', weights: { v2: 1 } },
    ], { lane: LANE }), ['lane', 'half']],
  ])('is open at some stages of %s', (_, rollout, names) => {
    const open = [...synthesizeStages(rollout)].filter(([, manifests]) => manifests.some(({ kind, spec }) => kind === 'VirtualService'
      && (spec.http as { name?: string; route: { destination: { subset: string } }[] }[]).some(({ name, route }) => name === 'lane' && route[0].destination.subset === 'v2')));
    expect(open.map(([folder]) => folder).filter((folder) => !folder.startsWith('rollback/')).map((folder) => folder.slice(3))).toStrictEqual(names);
  });

  test('leads to the candidate of each service of the rollout, whatever its name there', () => {
    const rollout = Rollout.canary({ ...PAIR, lane: LANE, steps: [{ weight: 10 }] });
    const other = { versions: [{ name: 'blue', image: 'example/api:7' }, { name: 'green', image: 'example/api:8' }] };
    const [service] = manifestsAt('weight-10', (chart) => web(chart, { ...other, rollout: rollout.withVersions({ v1: 'blue', v2: 'green' }) }))
      .filter(({ kind }) => kind === 'VirtualService');
    expect(service.spec.http).toMatchObject([
      { name: 'lane', route: [{ destination: { subset: 'green' } }] },
      { route: [{ destination: { subset: 'blue' }, weight: 90 }, { destination: { subset: 'green' }, weight: 10 }] },
    ]);
  });
});

describe('what has to hold before the stable version goes', () => {
  const [before, after] = [Gate.approval('the dashboard is green'), Gate.approval('nobody calls v1')];

  test.each<readonly [kind: string, rollout: Rollout, stage: string, gates: readonly Gate[]]>([
    ['a canary rollout', Rollout.canary({ ...PAIR, steps: [{ weight: 10, gates: [before] }], retireGates: [after] }), 'weight-100', [after]],
    ['a last step with gates of its own', Rollout.canary({ ...PAIR, steps: [{ weight: 100, gates: [before] }], retireGates: [after] }), 'weight-100', [before, after]],
    ['a rollout with a lane', Rollout.canary({ ...PAIR, lane: Lane.header('x-lane', 'new'), retireGates: [after] }), 'lane-closed', [after]],
    ['a blue-green rollout', Rollout.blueGreen({ ...PAIR, gates: [before], retireGates: [after] }), 'switch', [after]],
    ['an A/B test', Rollout.abTest({ ...PAIR, matches: TESTERS, gates: [before], retireGates: [after] }), 'ab-test-ended', [after]],
    ['a rollout with copies', Rollout.mirror({ ...PAIR, gates: [before], retireGates: [after] }), 'weight-100', [after]],
    ['an exchange of pods', Rollout.replicas({ ...PAIR, pods: 3, retireGates: [after] }), 'all-v2', [after]],
  ])('%s', (_, rollout, name, gates) => {
    const { stages } = rollout._staged();
    expect(stages.find((stage) => stage.name === name)?.gates).toStrictEqual(gates);
    expect(stages.filter((stage) => stage.gates.includes(after)).map((stage) => stage.name)).toStrictEqual([name]);
  });
});

describe('steps', () => {
  test('keep what the step before left, until they say otherwise', () => {
    const rollout = Rollout.stages([
      { name: 'old', weights: { v1: 1 }, deploy: ['v2'] },
      { name: 'test', addRoutes: [{ name: 'testers', matches: TESTERS, weights: { v2: 1 } }] },
      { name: 'slow', addRoutes: [{ name: 'testers', matches: TESTERS, weights: { v2: 1 }, fault: Fault.delay(Duration.seconds(7)) }] },
      { name: 'half', weights: { v1: 1, v2: 1 }, gates: [Gate.approval('the dashboard is green')] },
      { name: 'all', weights: { v2: 1 }, dropRoutes: ['testers'] },
    ], { retire: false });
    const routes = Object.fromEntries([...synthesizeStages(rollout)].map(([folder, manifests]) =>
      [folder, (manifests.find(({ kind }) => kind === 'VirtualService')!.spec.http as { name?: string; fault?: unknown }[]).map(({ name, fault }) => `${name ?? 'all'}${fault ? ' delayed' : ''}`)]));
    expect(routes).toMatchObject({
      '00-old': ['all'], '01-test': ['testers', 'all'], '02-slow': ['testers delayed', 'all'], '03-half': ['testers delayed', 'all'], '04-all': ['all'],
    });
  });

  test('of several versions share them as declared', () => {
    const rollout = Rollout.stages([{ name: 'a', weights: { v1: 1 } }, { name: 'b', weights: { v1: 5, v2: 3, v3: 2 } }, { name: 'c', weights: { v3: 1 } }]);
    const weights = [...synthesizeStages(rollout, { versions: [V1, V2, V3] })].map(([folder, manifests]) => {
      const [{ route }] = manifests.find(({ kind }) => kind === 'VirtualService')!.spec.http as { route: { destination: { subset: string }; weight?: number }[] }[];
      return [folder, Object.fromEntries(route.map(({ destination, weight }) => [destination.subset, weight ?? 100]))];
    });
    expect(Object.fromEntries(weights)).toMatchObject({
      '00-a': { v1: 100 }, '01-deploy-v2-v3': { v1: 100 }, '02-b': { v1: 5, v2: 3, v3: 2 }, '03-c': { v3: 100 }, '04-retire-v1-v2': { v3: 100 }, '05-remove-v1-v2': { v3: 100 },
    });
  });
});
