import { Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { V1, V2, V3, web } from './staged';
import {
  CanaryRolloutProps, CanaryService, CanaryServiceProps, Capacity, DisruptionBudget, Fault, Gate, HeaderMatch, Lane, Mesh, Mirror, PathMatch,
  ReplicaSplit, Rollout, RolloutStep, RootSelector,
} from '../../src';
import { findingsOf } from '../findings';

const PAIR = { stable: 'v1', candidate: 'v2' };
const TESTERS = [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }];
const CPU = { cpu: { request: kplus.Cpu.millis(100) } };

/** A canary rollout of "web" at its first stage. */
function canary(chart: Chart, rollout: Partial<CanaryRolloutProps>, props: Partial<CanaryServiceProps> = {}): void {
  web(chart, { rollout: Rollout.canary({ ...PAIR, ...rollout }), stage: '0', ...props });
}

function steps(chart: Chart, ...declared: RolloutStep[]): void {
  canary(chart, { steps: declared });
}

function stages(chart: Chart, declared: RolloutStep[], props: Partial<CanaryServiceProps> = {}): void {
  web(chart, { rollout: Rollout.stages(declared), stage: '0', ...props });
}

type Refusal = readonly [sentence: string, build: (chart: Chart) => unknown, findings: readonly string[]];

const STEPS: Refusal[] = [
  ['fails if the candidate is the stable version', (chart) => canary(chart, { candidate: 'v1' }, { versions: [V1] }), [
    '[test/web] rollout-invalid at rollout.candidate: the candidate "v1" is the stable version; name another version',
  ]],
  ['fails if a step changes nothing', (chart) => steps(chart, { weight: 10 }, { name: 'wait', weight: 10, gates: [Gate.approval('look')] }), [
    '[test/web] step-idle at rollout.steps[1]: it changes nothing after "weight-10"; change something, or move its gates to the step before',
  ]],
  ['fails if a step says the weights before in other numbers', (chart) => steps(chart, { weight: 10 }, { weights: { v1: 9, v2: 1 } }), [
    '[test/web] step-idle at rollout.steps[1]: it changes nothing after "weight-10"; change something, or move its gates to the step before',
  ]],
  ['fails if a step leads back', (chart) => steps(chart, { weight: 10 }, { weight: 50 }, { weight: 10 }), [
    '[test/web] step-idle at rollout.steps[2]: it leads back to "weight-10"; drop it: every stage has a rollback of its own',
  ]],
  ['fails if a share is finer than percent', (chart) => steps(chart, { weight: 0.5 }), [
    '[test/web] weight-invalid at rollout.steps[0].weight: the share of the candidate is 0.5 percent; give a whole number from 0 to 100, or finer shares with `weights`',
  ]],
  ['fails if a share is above everything', (chart) => steps(chart, { weight: 101 }), [
    '[test/web] weight-invalid at rollout.steps[0].weight: the share of the candidate is 101 percent; give a whole number from 0 to 100, or finer shares with `weights`',
  ]],
  ['fails if a weight is negative', (chart) => steps(chart, { weights: { v1: -1, v2: 1 } }), [
    '[test/web] weight-invalid at rollout.steps[0].weights.v1: the value is -1; give a whole number from 0 to 1000000',
  ]],
  ['fails if all weights are 0', (chart) => stages(chart, [{ weights: { v1: 1 } }, { name: 'none', weights: { v1: 0, v2: 0 } }]), [
    '[test/web] weights-zero at rollout.steps[1].weights: all weights are 0; give at least one version a weight above 0',
  ]],
  ['fails if a step says the shares twice', (chart) => steps(chart, { weight: 10, weights: { v1: 1, v2: 1 } }), [
    '[test/web] rollout-invalid at rollout.steps[0]: it says the shares twice: weight, weights; give one of them',
  ]],
  ['fails if a share has no candidate to be of', (chart) => stages(chart, [{ weights: { v1: 1 } }, { name: 'half', weight: 50, deploy: ['v2'] }]), [
    '[test/web] rollout-invalid at rollout.steps[1].weight: the rollout has no candidate whose share this could be; give `weights`',
  ]],
  ['fails if nothing says what there is at first', (chart) => stages(chart, [{ name: 'a' }, { weights: { v1: 1, v2: 1 } }]), [
    '[test/web] rollout-invalid at rollout.steps[0]: nothing says how the traffic is shared at first; give `weights` or `splitByPods`',
  ]],
  ['fails if there are no steps', (chart) => stages(chart, []), [
    '[test/web] rollout-invalid at rollout: it has 0 steps, and so nothing to move; give at least two',
    '[test/web] version-unused at versions.v1: no stage of the rollout has the version "v1"; name it in a step, or drop it',
    '[test/web] version-unused at versions.v2: no stage of the rollout has the version "v2"; name it in a step, or drop it',
  ]],
  ['fails if a name is taken', (chart) => steps(chart, { name: 'deploy-v2', weight: 10 }), [
    '[test/web] rollout-invalid at rollout.steps[0].name: two stages are named "deploy-v2"; give each step a name of its own',
  ]],
  ['fails if a name is a number', (chart) => steps(chart, { name: '10', weight: 10 }), [
    '[test/web] rollout-invalid at rollout.steps[0].name: "10" could be the number of a stage; give a name with a letter',
  ]],
  ['fails if a name is no folder', (chart) => steps(chart, { name: '../etc', weight: 10 }), [
    '[test/web] name-invalid at rollout.steps[0].name: "../etc" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; give the step a valid `name`',
  ]],
  ['fails if an added route has no name', (chart) => steps(chart, { addRoutes: [{ matches: TESTERS, weights: { v2: 1 } }] }), [
    '[test/web] rollout-invalid at rollout.steps[0].addRoutes[0].name: the route has no name, so that no step could drop it; give it a `name`',
  ]],
  ['fails if a dropped route is not there', (chart) => steps(chart, { addRoutes: [{ name: 'testers', matches: TESTERS, weights: { v2: 1 } }] }, { weight: 10, dropRoutes: ['tester'] }), [
    '[test/web] rollout-invalid at rollout.steps[1].dropRoutes[0]: no step before added a route "tester", there are "testers"; did you mean "testers"?',
  ]],
  ['fails if a dropped fault is not there', (chart) => steps(chart, { weight: 10, dropFault: true }), [
    '[test/web] rollout-invalid at rollout.steps[0].dropFault: no step before has a fault; drop it',
  ]],
  ['fails if pods are the shares and a step gives weights', (chart) => web(chart, {
    mesh: Mesh.kubernetes(), stage: '0', rollout: Rollout.replicas({ ...PAIR, pods: 3, steps: [{ weight: 10, replicas: { v2: 1 } }] }),
  }), [
    '[test/web] rollout-invalid at rollout.steps[0].weight: the pods are the shares; give `replicas`',
  ]],
  ['fails if a number of pods is none', (chart) => steps(chart, { weight: 10, replicas: { v2: 1.5 } }), [
    '[test/web] replicas-invalid at rollout.steps[0].replicas.v2: the value is 1.5; give a whole number from 0 to 2147483647',
  ]],
];

const GATES: Refusal[] = [
  ['fails if nobody is told what to look at', (chart) => steps(chart, { weight: 10, gates: [Gate.approval(' ')] }), [
    '[test/web] rollout-invalid at rollout.steps[0].gates[0]: nobody is told what to look at; give the approval a text',
  ]],
  ['fails if no time passes', (chart) => steps(chart, { weight: 10, gates: [Gate.duration(Duration.millis(0))] }), [
    '[test/web] rollout-invalid at rollout.steps[0].gates[0]: the duration is 0 ms; give at least 1 second',
  ]],
  ['fails if a limit of a measurement is no number', (chart) => steps(chart, { weight: 10, gates: [Gate.metric({ name: 'errors', query: 'errors', min: -Infinity, max: 1 })] }), [
    '[test/web] rollout-invalid at rollout.steps[0].gates[0]: a limit is no number: min is -Infinity, max is 1; give numbers, or leave out the limit that is none',
  ]],
  ['fails if a time never ends', (chart) => steps(chart, { weight: 10, gates: [Gate.duration(Duration.seconds(Infinity))] }), [
    '[test/web] rollout-invalid at rollout.steps[0].gates[0]: the duration is Infinity ms; give 365 days at most',
  ]],
  ['fails if every number is good', (chart) => steps(chart, { weight: 10, gates: [Gate.metric({ name: 'Error rate', query: '' })] }), [
    '[test/web] name-invalid at rollout.steps[0].gates[0].name: "Error rate" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; give the metric a valid `name`',
    '[test/web] rollout-invalid at rollout.steps[0].gates[0].query: the query is empty; give a PromQL expression',
    '[test/web] rollout-invalid at rollout.steps[0].gates[0]: every number is good; give `min`, `max` or both',
  ]],
  ['fails if no number is good', (chart) => steps(chart, { weight: 10, gates: [Gate.metric({ name: 'errors', query: 'up', min: 2, max: 1, interval: Duration.millis(1) })] }), [
    '[test/web] rollout-invalid at rollout.steps[0].gates[0]: no number is good: min is 2, max is 1; give a `min` that is not above `max`',
    '[test/web] rollout-invalid at rollout.steps[0].gates[0].interval: the duration is 1 ms; give at least 1 second',
  ]],
];

const CHOICE: Refusal[] = [
  ['fails if nothing says which stage is meant', (chart) => canary(chart, { retire: false }, { stage: undefined }), [
    '[test/web] stage-missing at stage: the rollout has the stages 0 "stable", 1 "deploy-v2", 2 "weight-100", and nothing says which one is meant; '
      + 'give `stage`, or set CANARY_STAGE or the context "canary:stage"',
  ]],
  ['fails if a number is beyond the last stage', (chart) => canary(chart, { retire: false }, { stage: '7' }), [
    '[test/web] stage-unknown at stage: the rollout has no stage "7", its stages are 0 "stable", 1 "deploy-v2", 2 "weight-100"; did you mean "weight-100"?',
  ]],
  ['fails if a name is misspelt', (chart) => canary(chart, { retire: false }, { stage: 'deploy-2' }), [
    '[test/web] stage-unknown at stage: the rollout has no stage "deploy-2", its stages are 0 "stable", 1 "deploy-v2", 2 "weight-100"; did you mean "deploy-v2"?',
  ]],
  ['fails if there is no rollout to have stages', (chart) => web(chart, { weights: { v1: 1 }, stage: 'weight-10' }), [
    '[test/web] stage-unknown at stage: the service has no rollout, and so no stage "weight-10"; give it a `rollout`, or drop `stage`',
  ]],
];

const SERVICES: Refusal[] = [
  ['fails if the versions of a rollout are not declared', (chart) => canary(chart, { stable: 'v0', candidate: 'V2' }), [
    '[test/web] version-unknown at rollout.stable: no version is named "v0", declared are "v1", "v2"; did you mean "v1"?',
    '[test/web] version-unknown at rollout.candidate: no version is named "V2", declared are "v1", "v2"; did you mean "v2"?',
    '[test/web] version-unused at versions.v1: no stage of the rollout has the version "v1"; name it in a step, or drop it',
    '[test/web] version-unused at versions.v2: no stage of the rollout has the version "v2"; name it in a step, or drop it',
  ]],
  ['fails if no stage has a declared version', (chart) => canary(chart, {}, { versions: [V1, V2, V3] }), [
    '[test/web] version-unused at versions.v3: no stage of the rollout has the version "v3"; name it in a step, or drop it',
  ]],
  ['fails if weights stand beside a rollout', (chart) => canary(chart, {}, { weights: { v1: 1 } }), [
    '[test/web] rollout-mixed at weights: `weights` beside a rollout, which says the shares at each stage; drop one of them',
  ]],
  ['fails if the split by pods stands beside a rollout', (chart) => canary(chart, {}, { splitByPods: true }), [
    '[test/web] rollout-mixed at splitByPods: `splitByPods` beside a rollout, which says the shares at each stage; drop one of them',
  ]],
  ['fails if one version stands for two', (chart) => web(chart, { stage: '0', rollout: Rollout.canary(PAIR).withVersions({ v1: 'v2', v9: 'v1' }) }), [
    '[test/web] rollout-invalid at rollout.withVersions.v9: the rollout knows no version "v9", it knows "v1", "v2"; name one of them',
    '[test/web] rollout-invalid at rollout.withVersions.v2: "v2" stands for two versions of the rollout; give each a version of its own',
    '[test/web] version-unused at versions.v1: no stage of the rollout has the version "v1"; name it in a step, or drop it',
  ]],
  ['fails if pods make the shares and the rollout moves weights', (chart) => canary(chart, {}, { mesh: Mesh.kubernetes({ replicaSplit: ReplicaSplit.total(10) }) }), [
    '[test/web] rollout-unfit at rollout: on the mesh "kubernetes" the pods make the shares, and the rollout moves weights; use `Rollout.replicas`',
  ]],
  ['fails if a route, a mirror or the root uses a version that a stage does not have', (chart) => canary(chart, {}, {
    routes: [{ matches: TESTERS, weights: { v2: 1 } }], mirrors: [Mirror.to('v2')], rootSelector: RootSelector.version('v1'),
  }), [
    '[test/web] rollout-unfit at routes[0].weights.v2: the route sends to "v2", which has no pods at stage "stable"; '
      + 'add it with a step, or use `retire: false` and name the version in `deploy` of the first step',
    '[test/web] rollout-unfit at mirrors[0]: requests are copied to "v2", which has no pods at stage "stable"; '
      + 'add it with a step, or use `retire: false` and name the version in `deploy` of the first step',
    '[test/web] rollout-unfit at rootSelector: the root Service selects "v1", which has no pods at stage "retire-v1"; use `RootSelector.allVersions()`, or `retire: false`',
  ]],
  ['fails if the root is the leaf of a version that goes', (chart) => canary(chart, {}, { versions: [{ ...V1, leafName: 'web' }, V2] }), [
    '[test/web] rollout-unfit at rootSelector: the root Service selects "v1", which has no pods at stage "retire-v1"; use `RootSelector.allVersions()`, or `retire: false`',
  ]],
  ['fails if an existing Deployment would have to go', (chart) => canary(chart, {}, {
    versions: [{ name: 'v1', deployment: new kplus.Deployment(chart, 'old', { containers: [{ image: 'example/old:1', portNumber: 80 }] }) }, V2],
  }), [
    '[test/web] rollout-unfit at versions.v1.deployment: an existing Deployment is "v1", which has no pods at stage "retire-v1"; '
      + 'use `retire: false`, or declare the version by its image',
  ]],
  ['fails if what a later stage asks for is beyond the mesh, before it comes to that', (chart) => canary(chart, {
    steps: [{ name: 'faulty', weight: 10, fault: Fault.abort(503, { allTraffic: true }) }], retire: false,
  }, { mesh: Mesh.linkerd() }), [
    '[test/web] capability-missing at rollout.steps[0].fault: the mesh "linkerd" cannot abort requests (FaultAbort); leave it out, or choose a mesh that can',
  ]],
  ['fails if two rollouts fight over one service', (chart) => {
    canary(chart, {});
    new CanaryService(chart, 'twin', { name: 'web', ports: [{ port: 80 }], versions: [V1, V2], rollout: Rollout.blueGreen(PAIR), stage: '0' });
  }, [
    '[test/web] root-duplicate at rollout: "test/twin" has the root "web" in namespace "default" too, and two rollouts would move it: '
      + 'stable, deploy-v2, weight-100, retire-v1, remove-v1 here, stable, deploy-v2, switch, retire-v1, remove-v1 there; '
      + 'declare the service once, with one rollout, or give one of them another `name`',
    '[test/twin] root-duplicate at rollout: "test/web" has the root "web" in namespace "default" too, and two rollouts would move it: '
      + 'stable, deploy-v2, switch, retire-v1, remove-v1 here, stable, deploy-v2, weight-100, retire-v1, remove-v1 there; '
      + 'declare the service once, with one rollout, or give one of them another `name`',
  ]],
  ['fails if a lane has no header', (chart) => canary(chart, { lane: Lane.header('', 'new') }), [
    '[test/web] lane-invalid at rollout.lane: the lane has no header; name the header',
  ]],
  ['fails if a lane has no value', (chart) => canary(chart, { lane: Lane.cookie('lane', '') }), [
    '[test/web] lane-invalid at rollout.lane: the cookie of the lane has no value; give a value',
  ]],
];

const LANE = Lane.header('x-lane', 'next');
const NO_PATH = [{ path: PathMatch.exact('api') }];

/** Each finding stands once, where the user wrote what is wrong, whichever stage it comes up at. */
const PLACES: Refusal[] = [
  ['once for a declared route that a lane repeats', (chart) => canary(chart, { lane: LANE }, { routes: [{ matches: TESTERS, fault: Fault.abort(1000) }] }), [
    '[test/web] fault-invalid at routes[0].fault: the value is 1000; give a whole number from 200 to 599',
  ]],
  ['once for two routes that a lane repeats', (chart) => canary(chart, { lane: LANE }, { stage: 'lane', routes: [{ matches: TESTERS, weights: { v2: 1 } }, { matches: TESTERS }], versions: [V1, V2] }), [
    '[test/web] rollout-unfit at routes[0].weights.v2: the route sends to "v2", which has no pods at stage "stable"; '
      + 'add it with a step, or use `retire: false` and name the version in `deploy` of the first step',
    '[test/web] rule-duplicate at routes[1]: it has the same conditions as routes[0], which comes first; drop one of them, or change its conditions',
  ]],
  ['at the fault of the service', (chart) => canary(chart, { lane: LANE }, { fault: Fault.abort(1000, { allTraffic: true }) }), [
    '[test/web] fault-invalid at fault: the value is 1000; give a whole number from 200 to 599',
  ]],
  ['at the route of a step', (chart) => steps(chart, { weight: 10, addRoutes: [{ name: 'api', matches: NO_PATH, weights: { v2: 1 } }] }), [
    '[test/web] path-invalid at rollout.steps[0].addRoutes[0].matches[0].path: "api" does not start with "/"; write "/api"',
  ]],
  ['at the route of a step that takes the place of another', (chart) => steps(chart,
    { weight: 10, addRoutes: [{ name: 'api', matches: TESTERS, weights: { v2: 1 } }] },
    { weight: 20, addRoutes: [{ name: 'api', matches: NO_PATH, weights: { v2: 1 } }] }), [
    '[test/web] path-invalid at rollout.steps[1].addRoutes[0].matches[0].path: "api" does not start with "/"; write "/api"',
  ]],
  ['at the fault of a step', (chart) => steps(chart, { weight: 10, fault: Fault.abort(503) }), [
    '[test/web] fault-all-traffic at rollout.steps[0].fault: the fault has no condition and would hit every request; '
      + 'move it to a route with `matches`, or say `allTraffic: true` if that is meant',
  ]],
  ['at the share of a mirror rollout', (chart) => web(chart, { stage: '0', rollout: Rollout.mirror({ ...PAIR, percent: 200 }) }), [
    '[test/web] mirror-invalid at rollout.percent: the share is 200; give a percentage from 0 to 100',
  ]],
  ['at the mirror of a step, with the stage at which it makes no sense any more', (chart) => steps(chart, { weight: 10, mirrors: [Mirror.to('v2')] }), [
    '[test/web] mirror-self at rollout.steps[0].mirrors[0] of stage 03-weight-100: "v2" answers every request of this rule and would get each of them again; mirror to another version',
  ]],
  ['at a declared route, with the stage whose route takes its requests', (chart) => canary(chart, {
    steps: [{ weight: 10, addRoutes: [{ name: 'testers', matches: TESTERS, weights: { v2: 1 } }] }],
  }, { routes: [{ matches: TESTERS, fault: Fault.abort(503) }] }), [
    '[test/web] rule-duplicate at routes[0] of stage 02-weight-10: it has the same conditions as rollout.steps[0].addRoutes[0], which comes first; '
      + 'drop one of them, or change its conditions',
  ]],
  ['at the lane', (chart) => canary(chart, { lane: Lane.header('x lane', 'next') }), [
    '[test/web] header-invalid at rollout.lane: "x lane" is no header name; use letters, digits and "-"',
  ]],
  ['at a lane of cookies', (chart) => canary(chart, { lane: Lane.cookie('lane', 'a;b') }), [
    '[test/web] match-invalid at rollout.lane: "a;b" is no cookie value; leave out ";" and spaces at the ends, or use `present`',
  ]],
  ['at a lane that the mesh cannot open', (chart) => canary(chart, { lane: LANE }, { mesh: Mesh.smi(), routes: [{ matches: [{ path: PathMatch.prefix('/api') }] }] }), [
    '[test/web] capability-missing at routes[0].matches[0]: the mesh "smi" cannot match paths (HTTPRoutePathMatching); leave it out, or choose a mesh that can',
    '[test/web] capability-missing at rollout.lane: the mesh "smi" cannot match headers (HTTPRouteHeaderMatching); leave it out, or choose a mesh that can',
  ]],
  ['at the conditions of an A/B test', (chart) => web(chart, { stage: '0', rollout: Rollout.abTest({ ...PAIR, matches: NO_PATH }) }), [
    '[test/web] path-invalid at rollout.matches[0].path: "api" does not start with "/"; write "/api"',
  ]],
  ['at the pods of a rollout', (chart) => web(chart, { stage: '0', mesh: Mesh.kubernetes(), rollout: Rollout.replicas({ ...PAIR, pods: 0 }) }), [
    '[test/web] replicas-invalid at rollout.pods: the value is 0; give a whole number from 1 to 2147483647',
  ]],
  ['at what gives a version without pods its share', (chart) => canary(chart, { capacity: Capacity.full({ allowOverload: true }), steps: [{ weight: 10 }] }, { versions: [V1, { ...V2, replicas: 0 }] }), [
    '[test/web] version-without-replicas at rollout.steps[0].weight: the version "v2" gets traffic and has 0 replicas; give it replicas, or the weight 0',
    '[test/web] version-without-replicas at rollout.candidate: the version "v2" gets traffic and has 0 replicas; give it replicas, or the weight 0',
  ]],
  ['at weights by the names of the rollout', (chart) => web(chart, {
    stage: '0',
    versions: [{ ...V1, name: 'blue' }, { ...V2, name: 'green', replicas: 0 }],
    rollout: Rollout.stages([{ weights: { v1: 1 } }, { weights: { v1: 2, v2: 1 } }]).withVersions({ v1: 'blue' }).withVersions({ v2: 'green' }),
  }), [
    '[test/web] version-without-replicas at rollout.steps[1].weights.v2: the version "green" gets traffic and has 0 replicas; give it replicas, or the weight 0',
  ]],
  ['wherever steps name a version that is not declared', (chart) => stages(chart, [
    { weights: { v1: 1 } },
    { name: 'more', weights: { v1: 1, v9: 1 }, replicas: { v9: 2 }, deploy: ['v2', 'v9'], mirrors: [Mirror.to('v9')] },
    { addRoutes: [{ name: 'testers', matches: TESTERS, weights: { v9: 1 }, mirrors: [Mirror.to('v9')] }] },
  ]), ['steps[1].weights.v9', 'steps[1].replicas.v9', 'steps[1].deploy[1]', 'steps[1].mirrors[0]', 'steps[2].addRoutes[0].weights.v9', 'steps[2].addRoutes[0].mirrors[0]']
    .map((place) => `[test/web] version-unknown at rollout.${place}: no version is named "v9", declared are "v1", "v2"; did you mean "v1"?`)],
  ['at the new name of a version', (chart) => web(chart, { stage: '0', rollout: Rollout.canary(PAIR).withVersions({ v2: 'V2' }) }), [
    '[test/web] version-unknown at rollout.withVersions.v2: no version is named "V2", declared are "v1", "v2"; did you mean "v2"?',
    '[test/web] version-unused at versions.v2: no stage of the rollout has the version "v2"; name it in a step, or drop it',
  ]],
  ['at routes of the service', (chart) => canary(chart, {}, { routes: [{ matches: TESTERS, weights: { v9: 1 }, mirrors: [Mirror.to('v8')] }] }), [
    '[test/web] version-unknown at routes[0].weights.v9: no version is named "v9", declared are "v1", "v2"; did you mean "v1"?',
    '[test/web] version-unknown at routes[0].mirrors[0]: no version is named "v8", declared are "v1", "v2"; did you mean "v1"?',
  ]],
];

const LANES: Refusal[] = [
  ['fails if no step opens the lane', (chart) => web(chart, { stage: '0', rollout: Rollout.stages([{ weights: { v1: 1 } }, { weights: { v2: 1 } }], { lane: LANE }) }), [
    '[test/web] rollout-invalid at rollout.lane: no step opens the lane; give a step `openLane`, or drop it',
  ]],
  ['fails if a step opens no lane', (chart) => stages(chart, [{ weights: { v1: 1 } }, { openLane: 'v2' }, { weights: { v2: 1 } }]), [
    '[test/web] rollout-invalid at rollout.steps[1].openLane: the rollout has no lane; give it `lane`',
  ]],
  ['fails if a step closes what is closed', (chart) => web(chart, {
    stage: '0', rollout: Rollout.stages([{ weights: { v1: 1 } }, { weights: { v2: 1 }, closeLane: true }, { openLane: 'v2' }], { lane: LANE }),
  }), [
    '[test/web] rollout-invalid at rollout.steps[1].closeLane: no step before has opened the lane; drop it',
  ]],
  ['fails if a step opens and closes the lane', (chart) => web(chart, {
    stage: '0', rollout: Rollout.stages([{ weights: { v1: 1 } }, { openLane: 'v2' }, { weights: { v2: 1 }, openLane: 'v1', closeLane: true }], { lane: LANE }),
  }), [
    '[test/web] rollout-invalid at rollout.steps[2].closeLane: the lane is opened and closed; drop one of the two',
  ]],
  ['fails if a step opens the lane of a candidate', (chart) => canary(chart, { lane: LANE, steps: [{ weight: 10, closeLane: true }, { weight: 20, openLane: 'v2' }] }), [
    '[test/web] rollout-invalid at rollout.steps[0].closeLane: a rollout with a candidate opens and closes its lane itself; give it `lane`, or use `Rollout.stages`',
    '[test/web] rollout-invalid at rollout.steps[1].openLane: a rollout with a candidate opens and closes its lane itself; give it `lane`, or use `Rollout.stages`',
  ]],
];

const KINDS: Refusal[] = [
  ['fails if an A/B test is about nobody', (chart) => web(chart, { stage: '0', rollout: Rollout.abTest({ ...PAIR, matches: [] }) }), [
    '[test/web] rollout-invalid at rollout.matches: nobody gets the candidate first; give a condition',
  ]],
  ['fails if an A/B test is about everybody', (chart) => web(chart, {
    stage: '0', rollout: Rollout.abTest({ ...PAIR, matches: [...TESTERS, {}, { path: PathMatch.prefix('/') }] }),
  }), [1, 2].map((index) => `[test/web] rollout-invalid at rollout.matches[${index}]: `
    + 'it holds for every request, so that nobody is left for the stable version; give a condition, or use `Rollout.canary`')],
  ['fails if there is less than a pod before', (chart) => web(chart, { stage: '0', mesh: Mesh.kubernetes(), rollout: Rollout.replicas({ ...PAIR, pods: -1 }) }), [
    '[test/web] replicas-invalid at rollout.pods: the value is -1; give a whole number from 1 to 2147483647',
  ]],
  ['fails if something has to hold before nothing is taken away', (chart) => canary(chart, { retire: false, retireGates: [Gate.approval('no calls any more')] }), [
    '[test/web] rollout-invalid at rollout.retireGates: no version is taken away; drop them, or drop `retire: false`',
  ]],
  ['fails if a gate before the end makes no sense', (chart) => canary(chart, {
    steps: [{ weight: 100, gates: [Gate.approval('')] }], retireGates: [Gate.approval('no calls any more'), Gate.approval('')],
  }), ['rollout.steps[0].gates[0]', 'rollout.retireGates[1]'].map((place) => `[test/web] rollout-invalid at ${place}: nobody is told what to look at; give the approval a text`)],
];

const CAPACITY: Refusal[] = [
  ['fails if 90 % of the traffic comes to 10 % of the pods', (chart) => canary(chart, { steps: [{ weight: 90 }] }, { versions: [{ ...V1, replicas: 9 }, V2] }), [
    '[test/web] capacity-short at versions.v2.replicas: 90 % of the traffic comes to 1 of the 9 pods that it needs at stage "weight-90", because "v1" has 9 for all of it; '
      + 'make it 9, or say `allowOverload` with the capacity',
  ]],
  ['fails if an autoscaler ends below the need', (chart) => canary(chart, {}, { versions: [{ ...V1, replicas: 9 }, { ...V2, resources: CPU, autoscaling: { maxReplicas: 5 } }] }), [
    '[test/web] capacity-short at versions.v2.autoscaling.maxReplicas: 100 % of the traffic comes to 5 of the 9 pods that it needs at stage "weight-100", '
      + 'because "v1" has 9 for all of it; make it 9, or say `allowOverload` with the capacity',
  ]],
  ['fails if capacities are no numbers of pods', (chart) => canary(chart, { capacity: Capacity.fixed({ v1: 0 }) }), [
    '[test/web] capacity-invalid at rollout.capacity.v1: the value is 0; give a whole number from 1 to 2147483647',
  ]],
  ['fails if capacities are for a version that the rollout does not know', (chart) => canary(chart, { capacity: Capacity.fixed({ v3: 1 }) }), [
    '[test/web] version-unknown at rollout.capacity.v3: the rollout knows no version "v3", it knows "v1", "v2"; did you mean "v1"?',
  ]],
  ['fails if nothing is kept warm', (chart) => canary(chart, { capacity: Capacity.proportional({ warm: 0 }) }), [
    '[test/web] capacity-invalid at rollout.capacity.warm: the value is 0; give a whole number from 1 to 2147483647',
  ]],
  ['fails if an autoscaler stands beside replicas', (chart) => canary(chart, {}, { versions: [{ ...V1, replicas: 1, resources: CPU, autoscaling: { maxReplicas: 3 } }, V2] }), [
    '[test/web] autoscaling-mixed at versions.v1.autoscaling: an autoscaler beside `replicas`, which is 1; drop one of them',
  ]],
  ['fails if an autoscaler stands beside numbers of the capacity', (chart) => canary(chart, { capacity: Capacity.fixed({ v2: 1 }) }, {
    versions: [V1, { ...V2, resources: CPU, autoscaling: { maxReplicas: 3 } }],
  }), [
    '[test/web] autoscaling-mixed at versions.v2.autoscaling: an autoscaler beside numbers of pods in the capacity of the rollout; drop one of them',
  ]],
  ['fails if an autoscaler would change the shares', (chart) => web(chart, {
    mesh: Mesh.kubernetes(), weights: { v1: 1, v2: 1 }, versions: [V1, { ...V2, resources: CPU, autoscaling: { maxReplicas: 3 } }],
  }), [
    '[test/web] autoscaling-mixed at versions.v2.autoscaling: without a mesh the pods make the shares, and the autoscaler would change them; use `splitByPods`, or drop it',
  ]],
  ['fails if an autoscaler has nothing to go by, or numbers that cannot be', (chart) => web(chart, {
    weights: { v1: 1 },
    versions: [{ ...V1, autoscaling: { minReplicas: 5, maxReplicas: 3 } }, { ...V2, autoscaling: { maxReplicas: 0, memoryPercent: 0 } }],
  }), [
    '[test/web] autoscaling-invalid at versions.v1.autoscaling: it goes by cpu use, and a container requests no cpu; give each container a request for cpu in `resources`',
    '[test/web] autoscaling-invalid at versions.v2.autoscaling: it goes by memory use, and a container requests no memory; give each container a request for memory in `resources`',
    '[test/web] autoscaling-invalid at versions.v1.autoscaling.maxReplicas: it is 3, and `minReplicas` is 5; give the larger number as `maxReplicas`',
    '[test/web] autoscaling-invalid at versions.v2.autoscaling.maxReplicas: the value is 0; give a whole number from 1 to 2147483647',
    '[test/web] autoscaling-invalid at versions.v2.autoscaling.memoryPercent: the value is 0; give a whole number from 1 to 2147483647',
    '[test/web] autoscaling-invalid at versions.v2.autoscaling.maxReplicas: it is 0, and `minReplicas` is 1; give the larger number as `maxReplicas`',
  ]],
  ['fails if a disruption budget is out of range', (chart) => web(chart, {
    weights: { v1: 1 },
    versions: [
      { ...V1, disruptionBudget: DisruptionBudget.minAvailable(-1) },
      { ...V2, disruptionBudget: DisruptionBudget.maxUnavailablePercent(101) },
    ],
  }), [
    '[test/web] disruption-budget-invalid at versions.v1.disruptionBudget: the value is -1; give a whole number from 0 to 2147483647',
    '[test/web] disruption-budget-invalid at versions.v2.disruptionBudget: the share is 101%; give a whole number of percent from 0 to 100',
  ]],
];

const TABLES = { STEPS, GATES, CHOICE, SERVICES, PLACES, LANES, KINDS, CAPACITY };

describe.each(Object.entries(TABLES))('%s', (_, refusals) => {
  test.each(refusals)('%s', (_sentence, build, findings) => expect(findingsOf(build)).toStrictEqual(findings));
});

test('says everything that is wrong with a rollout at once', () => {
  expect(findingsOf((chart) => steps(chart, { weight: 10 }, { weight: 10 }, { weight: 200 }))).toStrictEqual([
    '[test/web] weight-invalid at rollout.steps[2].weight: the share of the candidate is 200 percent; give a whole number from 0 to 100, or finer shares with `weights`',
    '[test/web] step-idle at rollout.steps[1]: it changes nothing after "weight-10"; change something, or move its gates to the step before',
  ]);
});

test.each<readonly [sentence: string, build: (chart: Chart) => unknown]>([
  ['fewer pods for the candidate, if that is meant', (chart) => canary(chart, { capacity: Capacity.full({ allowOverload: true }) }, {
    versions: [{ ...V1, replicas: 9 }, V2],
  })],
  ['an autoscaler that reaches the need', (chart) => canary(chart, {}, { versions: [{ ...V1, replicas: 9 }, { ...V2, resources: CPU, autoscaling: { maxReplicas: 9 } }] })],
  ['a route to the stable version that stays', (chart) => canary(chart, { retire: false }, { routes: [{ matches: TESTERS, weights: { v1: 1 } }] })],
  ['an existing Deployment that stays', (chart) => canary(chart, { retire: false }, {
    versions: [{ name: 'v1', deployment: new kplus.Deployment(chart, 'old', { containers: [{ image: 'example/old:1', portNumber: 80 }] }) }, V2],
  })],
  ['a stage by folder', (chart) => canary(chart, {}, { stage: '02-weight-100' })],
  ['a way back by folder', (chart) => canary(chart, {}, { stage: 'rollback/02-weight-100/00-back' })],
  ['replicas as a rollout with a mesh', (chart) => web(chart, { stage: '2', rollout: Rollout.replicas({ ...PAIR, pods: 4 }) })],
])('accepts %s', (_, build) => {
  expect(findingsOf(build)).toStrictEqual([]);
});
