import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { ERRORS, PAIR, PROMETHEUS, Props, V1, V2, WEB } from './services';
import {
  ArgoRollout, ArgoRolloutProps, ArgoSplitLevel, CanaryService, Capacity, Client, ExistingService, Fault, FlaggerCanary, FlaggerCanaryProps,
  FlaggerMetricProviderType, FlaggerWebhookType, Gate, HeaderMatch, Lane, Mesh, Mirror, PathMatch, Protocol, Rewrite, Rollout, RolloutStep, StagedApp,
} from '../../src';
import { findingsOf, reported } from '../findings';

type Refusal = readonly [sentence: string, build: (chart: Chart) => unknown, findings: readonly string[]];

function canary(...steps: RolloutStep[]): Rollout {
  return Rollout.canary({ ...PAIR, steps });
}

function flagger(chart: Chart, props: Partial<FlaggerCanaryProps>): void {
  new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary({ weight: 10 }), ...props });
}

function argo(chart: Chart, props: Partial<ArgoRolloutProps>): void {
  new ArgoRollout(chart, 'web', { ...WEB, rollout: canary({ weight: 10 }), ...props });
}

const MINUTES = (minutes: number) => Gate.duration(Duration.minutes(minutes));
const BETA = [{ headers: [HeaderMatch.exact('x-beta', 'yes')] }];

describe.each([['Flagger', flagger], ['Argo Rollouts', argo]] as const)('%s', (name, build: (chart: Chart, props: Props) => void) => {
  test('fails in an app that is written once for each stage', () => {
    class Staged extends StagedApp {
      protected buildStage(app: App): void {
        build(new Chart(app, 'test', { namespace: 'shop' }), { mesh: Mesh.istio() });
      }
    }
    const outdir = mkdtempSync(join(tmpdir(), 'staged-'));
    try {
      expect(reported(() => new Staged({ outdir }).synth())).toStrictEqual([
        `[test/web] controller-unfit at rollout: ${name} goes through the steps by itself, and a \`StagedApp\` writes a folder for each; declare the service in an app of its own`,
      ]);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });

  test.each<Refusal>([
    ['fails if the rollout has free stages', (chart) => build(chart, { rollout: Rollout.stages([{ weights: { v1: 1 } }, { weights: { v2: 1 } }]) }), [
      `[test/web] controller-unfit at rollout: ${name} knows one stable version and one candidate, and the rollout has free stages; use \`Rollout.canary\` or another one with a candidate`,
    ]],
    ['fails if a version is kept for ever', (chart) => build(chart, { rollout: Rollout.canary({ ...PAIR, retire: false }) }), [
      `[test/web] controller-unfit at rollout.retire: ${name} takes the stable version away when the candidate has everything; drop \`retire: false\``,
    ]],
    ['fails if a step has a fault', (chart) => build(chart, { rollout: canary({ weight: 10, fault: Fault.abort(503, { allTraffic: true }) }, { weight: 20, dropFault: true }) }), [
      `[test/web] controller-unfit at rollout.steps[0].fault: ${name} has no faults, which step "weight-10" asks for; drop the fault, or use \`CanaryService\` with stages`,
    ]],
    ['fails if copies go to the stable version', (chart) => build(chart, { rollout: canary({ name: 'copies', deploy: ['v2'], mirrors: [Mirror.to('v1')] }, { weight: 100, mirrors: [] }) }), [
      '[test/web] mirror-self at rollout.steps[0].mirrors[0]: "v1" answers every request of this rule and would get each of them again; mirror to another version',
      `[test/web] controller-unfit at rollout.steps[0].mirrors: ${name} copies requests to the candidate alone, and step "copies" copies to "v1"; copy to the candidate`,
    ]],
    ['fails if a share is finer than percent', (chart) => build(chart, { rollout: canary({ weights: { v1: 199, v2: 1 } }) }), [
      `[test/web] controller-unfit at rollout.steps[0]: ${name} counts weights in whole percent, and step "weights-199-1" has 0.5000 %; give a whole percentage`,
    ]],
    ['fails if the versions differ in their pods', (chart) => build(chart, { versions: [V1, { ...V2, replicas: 5 }] }), [
      `[test/web] controller-unfit at versions.v2.replicas: it differs from that of "v1", and ${name} has one for both versions; give both versions the same`,
    ]],
    ['fails if the manifests are to ask for a version that is not declared', (chart) => build(chart, { version: 'v3' }), [
      '[test/web] version-unknown at version: no version is named "v3", declared are "v1", "v2"; did you mean "v1"?',
    ]],
    ['fails if a gate measures and nothing says where', (chart) => build(chart, { rollout: canary({ weight: 10, gates: [ERRORS] }) }), [
      name === 'Flagger'
        ? '[test/web] analysis-missing at analysis.prometheus: step "weight-10" measures "error-rate", and nothing says where; give the address of a Prometheus, or a `metricProvider`'
        : '[test/web] analysis-missing at analysis.prometheus: a gate measures "error-rate", and nothing says where; give the address of a Prometheus',
    ]],
    ['fails if an added route does more than choose the candidate', (chart) => build(chart, {
      rollout: canary({ name: 'beta', addRoutes: [{ name: 'beta', matches: BETA, weights: { v1: 1, v2: 1 }, timeout: Duration.seconds(1) }] }),
    }), [
      `[test/web] controller-unfit at rollout.steps[0].addRoutes: the route "beta" of step "beta" does more than choose the candidate, which ${name} cannot; drop the other settings`,
      `[test/web] controller-unfit at rollout.steps[0].addRoutes: ${name} sends all requests that fit to the candidate, and the route "beta" of step "beta" does not; give the candidate everything`,
    ]],
    ['fails if two gates measure different things by one name', (chart) => build(chart, {
      rollout: canary({ weight: 10, gates: [ERRORS, Gate.metric({ name: 'error-rate', query: 'errors', max: 1 })] }), analysis: PROMETHEUS,
    } as Props), [
      '[test/web] analysis-invalid at rollout.steps[0].gates: another gate measures something else as "error-rate"; give each metric a name of its own',
    ]],
    ['fails if the address of a Prometheus is none', (chart) => build(chart, { analysis: { prometheus: 'prometheus:9090' } } as Props), [
      '[test/web] analysis-invalid at analysis.prometheus: "prometheus:9090" is no URL; begin with one of "http://", "https://", and name a host',
    ]],
    ['fails if no Ingress can have the name', (chart) => build(chart, { mesh: Mesh.kubernetes(), ingress: 'My Ingress' }), [
      expect.stringMatching(/^\[test\/web\] name-invalid at ingress: "My Ingress"/) as unknown as string,
    ]],
    ['fails if the rollout itself is wrong, and tells nothing that follows from it', (chart) => build(chart, { rollout: Rollout.canary({ stable: 'v1', candidate: 'v1' }), versions: [V1] }), [
      '[test/web] rollout-invalid at rollout.candidate: the candidate "v1" is the stable version; name another version',
    ]],
    ['fails if several services move together', (chart) => {
      const rollout = canary({ weight: 10 });
      build(chart, { rollout });
      new CanaryService(chart, 'cart', { ...WEB, rollout, stage: '0' });
    }, [
      `[test/web] controller-unfit at rollout: ${name} moves one service, and "test/cart" moves with this one; give each service a rollout of its own, or use \`CanaryService\` with stages`,
    ]],
    ['fails if there are no versions', (chart) => build(chart, { versions: [] }), [
      '[test/web] version-unknown at rollout.stable: no version is named "v1", declared are none; name a declared version',
      '[test/web] version-unknown at rollout.candidate: no version is named "v2", declared are none; name a declared version',
      '[test/web] versions-missing at versions: the service has no version; declare at least one version',
    ]],
    ['fails if the pods of a version cannot be', (chart) => build(chart, { versions: [V1, { ...V2, terminationGracePeriod: Duration.millis(1) }] }), [
      '[test/web] pods-invalid at versions.v2.terminationGracePeriod: the duration is 0.001 s; give whole seconds',
    ]],
    ['fails if a Service is to be taken over', (chart) => build(chart, { root: ExistingService.byName('web', { selector: { app: 'web' } }) }), [
      `[test/web] controller-unfit at root: ${name} gives its Services names of its own; drop it, or use \`CanaryService\` with stages`,
    ]],
    ['fails if a version names its own Deployment', (chart) => build(chart, { versions: [V1, { ...V2, deploymentName: 'web-two' }] }), [
      `[test/web] controller-unfit at versions.v2.deploymentName: ${name} makes the pods of both versions from one object named "web"; drop the name`,
    ]],
  ])('%s', (_, declare, findings) => {
    expect(findingsOf(declare)).toStrictEqual(findings);
  });

  test('fails if no mesh is chosen', () => {
    const chart = new Chart(new App(), 'test');
    build(chart, {});
    expect(() => chart.toJson()).toThrow('[test/web] mesh-missing at mesh: no mesh is chosen for this service');
  });
});

describe('Flagger alone', () => {
  test.each<Refusal>([
    ['fails if steps wait for different times', (chart) => flagger(chart, { rollout: canary({ weight: 10, gates: [MINUTES(5)] }, { weight: 50, gates: [MINUTES(60)] }) }), [
      '[test/web] controller-unfit at rollout.steps[1].gates: Flagger waits the same time at every step, and step "weight-50" waits 3600 s instead of 300 s; give all steps one duration',
    ]],
    ['fails if one step alone measures', (chart) => flagger(chart, { rollout: canary({ weight: 10 }, { weight: 50, gates: [ERRORS] }), analysis: PROMETHEUS }), [
      '[test/web] controller-unfit at rollout.steps[0].gates: Flagger measures the same at every step, and step "weight-10" differs from the last one; give all steps the same metrics',
    ]],
    ['fails if a person is asked in the middle', (chart) => flagger(chart, {
      rollout: canary({ weight: 10, gates: [Gate.approval('fine?')] }, { weight: 50 }), analysis: { approvalUrl: 'http://gate' },
    }), [
      '[test/web] controller-unfit at rollout.steps[0].gates: Flagger asks at every step or before the promotion, and step "weight-10" is one of several; ask at every step, or at the last one alone',
    ]],
    ['fails if a person is to be asked and nothing says how', (chart) => flagger(chart, { rollout: canary({ weight: 10, gates: [Gate.approval('fine?')] }) }), [
      '[test/web] analysis-missing at analysis.approvalUrl: step "weight-10" waits for a person, and Flagger asks a URL; give `approvalUrl`',
    ]],
    ['fails if a share becomes smaller', (chart) => flagger(chart, { rollout: canary({ weight: 50 }, { weight: 10 }) }), [
      '[test/web] controller-unfit at rollout.steps[1]: Flagger goes up from weight to weight, and step "weight-10" has 10 % after 50 %; give each step a greater share',
    ]],
    ['fails if there is another time before the stable version goes away', (chart) => flagger(chart, {
      rollout: Rollout.canary({ ...PAIR, steps: [{ weight: 10, gates: [MINUTES(5)] }], retireGates: [MINUTES(60)] }),
    }), [
      '[test/web] controller-unfit at rollout.retireGates: Flagger waits the same time at every step, and step "weight-100" waits 3600 s instead of 300 s; give all steps one duration',
    ]],
    ['fails if a person is asked while requests are copied', (chart) => flagger(chart, {
      rollout: Rollout.mirror({ ...PAIR, gates: [Gate.approval('fine?')], steps: [{ weight: 10 }] }), analysis: { approvalUrl: 'http://gate' },
    }), [
      '[test/web] controller-unfit at rollout.gates: Flagger asks nobody while it copies requests, which step "mirror" wants; ask at the steps with weights',
    ]],
    ['fails if copies last longer than the weights', (chart) => flagger(chart, {
      rollout: Rollout.mirror({ ...PAIR, gates: [MINUTES(10)], steps: [{ weight: 10, gates: [MINUTES(5)] }] }),
    }), [
      '[test/web] controller-unfit at rollout.steps[0].gates: Flagger waits the same time at every step, and step "weight-10" waits 300 s instead of 600 s; give all steps one duration',
    ]],
    ['fails if something has to hold before the candidate gets traffic', (chart) => flagger(chart, {
      rollout: Rollout.blueGreen({ ...PAIR, gates: [MINUTES(5)], retireGates: [MINUTES(5)] }),
    }), [
      '[test/web] controller-unfit at rollout.gates: Flagger does not stop at step "deploy-v2"; move the gates to a step with a share of the traffic',
    ]],
    ['fails if another service has the root', (chart) => {
      flagger(chart, {});
      new CanaryService(chart, 'twin', { ...WEB, name: 'web', weights: { v1: 1 } });
    }, [
      '[test/web] root-duplicate at name: "test/twin" has the root "web" in namespace "default" too; give one of them another `name`',
      '[test/twin] root-duplicate at name: "test/web" has the root "web" in namespace "default" too; give one of them another `name`',
    ]],
    ['fails if sessions are to be kept where Flagger cannot', (chart) => flagger(chart, { mesh: Mesh.openServiceMesh(), analysis: { sessionAffinity: { cookieName: 'web' } } }), [
      '[test/web] controller-unfit at analysis.sessionAffinity: Flagger keeps no sessions with the provider "smi:v1alpha2"; drop it',
    ]],
    ['fails if a lane is open beside weights', (chart) => flagger(chart, { rollout: Rollout.canary({ ...PAIR, lane: Lane.header('x-lane', 'next') }) }), [
      '[test/web] controller-unfit at rollout: Flagger keeps no lane open beside weights, which step "lane" asks for; use `Rollout.abTest`, or use `CanaryService` with stages',
    ]],
    ['fails if an A/B test goes on with weights', (chart) => flagger(chart, { rollout: Rollout.abTest({ ...PAIR, matches: BETA, steps: [{ weight: 20 }] }) }), [
      '[test/web] controller-unfit at rollout.steps[0]: Flagger has conditions or weights, and step "weight-20" has a weight after conditions; drop one of the two',
    ]],
    ['fails if an A/B test looks at paths', (chart) => flagger(chart, { rollout: Rollout.abTest({ ...PAIR, matches: [{ path: PathMatch.prefix('/new') }] }) }), [
      '[test/web] controller-unfit at rollout.addRoutes: Flagger looks at headers and parameters that are there, and the route "ab-test" of step "ab-test" at a path; drop this condition',
    ]],
    ['fails if the capacity follows the shares', (chart) => flagger(chart, { rollout: Rollout.canary({ ...PAIR, steps: [{ weight: 10 }], capacity: Capacity.proportional() }) }), [
      '[test/web] controller-unfit at rollout.capacity: Flagger gives the candidate as many pods as the stable version; use `Capacity.full()`',
    ]],
    ['fails if the service has routes of its own', (chart) => flagger(chart, { routes: [{ matches: BETA, timeout: Duration.seconds(1) }] }), [
      '[test/web] controller-unfit at routes[0]: Flagger writes one route, for all requests; drop the route, or use `CanaryService` with stages',
    ]],
    ['fails if the mesh cannot tell the requests apart that some may send', (chart) => flagger(chart, {
      allowFrom: [Client.serviceAccount('shop', { requests: [{ path: PathMatch.regex('/v[12]') }] })],
    }), [
      '[test/web] capability-missing at allowFrom[0].requests[0].path: Istio cannot tell allowed requests apart by a regular expression; use `PathMatch.exact` or `PathMatch.prefix`',
    ]],
    ['fails if a name is too long for the Services that Flagger makes of it', (chart) => flagger(chart, { name: 'w'.repeat(56) }), [
      `[test/web] name-invalid at name: "${'w'.repeat(56)}-primary" has 64 characters, the limit is 63; give the service a shorter \`name\``,
      `[test/web] label-invalid at app: "${'w'.repeat(56)}-primary" has 64 characters, the limit is 63; give the service a shorter \`app\``,
    ]],
    ['fails if Flagger does not look for the label', (chart) => flagger(chart, { appLabelKey: 'service' }), [
      '[test/web] controller-unfit at appLabelKey: Flagger finds pods by one of the labels "app", "name", "app.kubernetes.io/name", and those of the service are told by "service"; use one of them, or start Flagger with `-selector-labels` and declare that label as one of these',
    ]],
    ['fails if the mesh has names and readers for what Flagger writes', (chart) => flagger(chart, { mesh: Mesh.istio({ virtualServiceName: 'routes', exportTo: ['.'] }) }), [
      '[test/web] controller-unfit at mesh.exportTo: Flagger shows its DestinationRule to every namespace; drop it',
      '[test/web] controller-unfit at mesh: Flagger names its VirtualService after the service, and the mesh has the name "routes" for it; drop the name',
      '[test/web] controller-unfit at mesh.exportTo: Flagger shows its VirtualService to every namespace; drop it',
    ]],
    ['fails if there are several ports', (chart) => flagger(chart, { ports: [{ port: 80 }, { port: 81, protocol: Protocol.TCP }] }), [
      '[test/web] controller-unfit at ports: Flagger splits the traffic of one port, and the service has 2; keep one port, or use `CanaryService` with stages',
    ]],
    ['fails if Flagger has no provider for the mesh', (chart) => flagger(chart, { mesh: Mesh.kuma() }), [
      '[test/web] controller-unfit at mesh: Flagger has no provider that writes what the mesh "kuma" reads; use `CanaryService` with stages',
    ]],
    ['fails if what measures lacks what Flagger needs of it', (chart) => flagger(chart, {
      rollout: canary({ weight: 10, gates: [ERRORS] }), analysis: { ...PROMETHEUS, metricProvider: { type: FlaggerMetricProviderType.DYNATRACE, address: 'https://dynatrace' } },
    }), [
      '[test/web] analysis-invalid at analysis.prometheus: Flagger measures at one place, and beside it there is a `metricProvider`; drop one of them',
      '[test/web] analysis-missing at analysis.metricProvider.secretName: Flagger measures nothing with "dynatrace" without it; give it',
    ]],
    ['fails if an alert goes nowhere', (chart) => flagger(chart, { analysis: { alerts: [{ name: 'team', provider: 'On Call' }] } }), [
      expect.stringMatching(/^\[test\/web\] name-invalid at analysis\.alerts\[0\]\.provider: "On Call"/) as unknown as string,
    ]],
    ['fails if it is to look more often than it does', (chart) => flagger(chart, { analysis: { interval: Duration.seconds(5), threshold: 0 } }), [
      '[test/web] analysis-invalid at analysis.threshold: the value is 0; give a whole number from 1 to 2147483647',
      '[test/web] analysis-invalid at analysis.interval: the duration is 5 s; give whole seconds, from 10 to 2147483647',
    ]],
    // The schema of a Canary: durations are "^[0-9]+(m|s)", the deadline and the age of a cookie numbers of seconds.
    // https://github.com/fluxcd/flagger/blob/v1.44.0/artifacts/flagger/crd.yaml
    ['fails if durations are no whole seconds', (chart) => flagger(chart, {
      progressDeadline: Duration.millis(500),
      analysis: {
        interval: Duration.millis(12_500),
        sessionAffinity: { cookieName: 'web', maxAge: Duration.millis(500) },
        webhooks: [{ name: 'load', type: FlaggerWebhookType.ROLLOUT, url: 'http://load', timeout: Duration.millis(1) }],
      },
    }), [
      '[test/web] controller-invalid at progressDeadline: the duration is 0.5 s; give whole seconds, from 1 to 2147483647',
      '[test/web] analysis-invalid at analysis.interval: the duration is 12.5 s; give whole seconds, from 10 to 2147483647',
      '[test/web] analysis-invalid at analysis.webhooks[0].timeout: the duration is 0.001 s; give whole seconds, from 1 to 2147483647',
      '[test/web] analysis-invalid at analysis.sessionAffinity.maxAge: the duration is 0.5 s; give whole seconds, from 1 to 2147483647',
    ]],
    ['fails if there is no time at all', (chart) => flagger(chart, { progressDeadline: Duration.seconds(0) }), [
      '[test/web] controller-invalid at progressDeadline: the duration is 0 s; give whole seconds, from 1 to 2147483647',
    ]],
    ['fails if a gate has times that Flagger does not know', (chart) => flagger(chart, {
      analysis: PROMETHEUS,
      rollout: canary({ weight: 10, gates: [Gate.duration(Duration.seconds(5)), Gate.metric({ name: 'error-rate', query: 'errors', max: 1, interval: Duration.millis(1500) })] }),
    }), [
      '[test/web] controller-unfit at rollout.steps[0].gates: Flagger looks every 10 seconds at most, in whole seconds, and step "weight-10" waits 5 s; give whole seconds, at least 10',
      '[test/web] controller-unfit at rollout.steps[0].gates: Flagger counts whole seconds, and the interval of "error-rate" has parts of one; give whole seconds',
    ]],
    ['fails if webhooks have no name, no URL, or the name of another one', (chart) => flagger(chart, {
      rollout: canary({ weight: 10, gates: [Gate.approval('fine?')] }),
      analysis: {
        approvalUrl: 'gate',
        webhooks: [
          { name: '', type: FlaggerWebhookType.ROLLOUT, url: '' },
          { name: 'load', type: FlaggerWebhookType.ROLLOUT, url: 'http:///load' },
          { name: 'load', type: FlaggerWebhookType.EVENT, url: 'http://load test' },
          { name: 'approval', type: FlaggerWebhookType.EVENT, url: 'https://user@[::1]:8080/a?b' },
        ],
      },
    }), [
      '[test/web] analysis-invalid at analysis.approvalUrl: "gate" is no URL; begin with one of "http://", "https://", and name a host',
      '[test/web] analysis-invalid at analysis.webhooks[0].name: the name is empty; give it a name',
      '[test/web] analysis-invalid at analysis.webhooks[2].name: another one is named "load" too; give each a name of its own',
      '[test/web] analysis-invalid at analysis.webhooks[0].url: "" is no URL; begin with one of "http://", "https://", and name a host',
      '[test/web] analysis-invalid at analysis.webhooks[1].url: "http:///load" is no URL; begin with one of "http://", "https://", and name a host',
      '[test/web] analysis-invalid at analysis.webhooks[2].url: "http://load test" is no URL; begin with one of "http://", "https://", and name a host',
      '[test/web] analysis-invalid at analysis.webhooks[3].name: the webhook of the gates that wait for a person has this name; give it another name',
    ]],
    ['fails if cookies have no names of their own', (chart) => flagger(chart, { analysis: { sessionAffinity: { cookieName: 'a b', primaryCookieName: 'a b' } } }), [
      '[test/web] analysis-invalid at analysis.sessionAffinity.cookieName: "a b" is no cookie name; use letters, digits, "-" and "_"',
      '[test/web] analysis-invalid at analysis.sessionAffinity.primaryCookieName: "a b" is no cookie name; use letters, digits, "-" and "_"',
      '[test/web] analysis-invalid at analysis.sessionAffinity.primaryCookieName: both versions have the cookie "a b"; give each a cookie of its own',
    ]],
    ['fails if what measures has settings that Flagger does not look at', (chart) => flagger(chart, {
      rollout: canary({ weight: 10, gates: [ERRORS] }),
      analysis: { metricProvider: { type: FlaggerMetricProviderType.CLOUDWATCH, address: 'cloud', secretName: 'Cloud Secret', region: ' ' } },
    }), [
      '[test/web] analysis-missing at analysis.metricProvider.region: Flagger measures nothing with "cloudwatch" without it; give it',
      '[test/web] analysis-invalid at analysis.metricProvider.address: Flagger does not look at it with "cloudwatch"; drop it',
      '[test/web] analysis-invalid at analysis.metricProvider.secretName: Flagger does not look at it with "cloudwatch"; drop it',
      '[test/web] analysis-invalid at analysis.metricProvider.address: "cloud" is no URL; begin with one of "http://", "https://", and name a host',
      expect.stringMatching(/^\[test\/web\] name-invalid at analysis\.metricProvider\.secretName: "Cloud Secret"/) as unknown as string,
    ]],
    ['fails if alerts have one name', (chart) => flagger(chart, { analysis: { alerts: [{ name: 'team', provider: 'a' }, { name: 'team', provider: 'b' }] } }), [
      '[test/web] analysis-invalid at analysis.alerts[1].name: another one is named "team" too; give each a name of its own',
    ]],
  ])('%s', (_, declare, findings) => {
    expect(findingsOf(declare)).toStrictEqual(findings);
  });
});

describe('Argo Rollouts alone', () => {
  test.each<Refusal>([
    ['fails if an added route would lose what the service does', (chart) => argo(chart, {
      rollout: Rollout.abTest({ ...PAIR, matches: BETA }), timeout: Duration.seconds(2),
    }), [
      '[test/web] controller-unfit at timeout: the route that Argo Rollouts adds at step "ab-test" stands above all others and is without it; drop it, or use `CanaryService` with stages',
    ]],
    ['fails if a prefix is replaced: Istio takes two routes for it', (chart) => argo(chart, {
      routes: [{ name: 'api', matches: [{ path: PathMatch.prefix('/api') }], rewrite: Rewrite.prefix('/') }],
    }), [
      '[test/web] controller-unfit at routes[0].rewrite: Argo Rollouts finds one route by each name, and a prefix that is replaced takes two; drop the rewrite, or use `CanaryService` with stages',
    ]],
    ['fails if copies would be of more requests than declared', (chart) => argo(chart, { rollout: Rollout.mirror(PAIR), routes: [{ name: 'beta', matches: BETA }] }), [
      '[test/web] controller-unfit at rollout.mirrors: Argo Rollouts copies every request at step "mirror", also those that the routes of the service take; drop the routes, or use `CanaryService` with stages',
    ]],
    ['fails if several headers have to hold at once', (chart) => argo(chart, {
      rollout: Rollout.abTest({ ...PAIR, matches: [{ headers: [HeaderMatch.exact('x-beta', 'yes'), HeaderMatch.exact('x-team', 'blue')] }] }),
    }), [
      '[test/web] controller-unfit at rollout.addRoutes: Argo Rollouts looks at one header, and the route "ab-test" of step "ab-test" at several headers at once; use one header, or use `CanaryService` with stages',
    ]],
    ['fails if the plugin for the Gateway API would join alternatives', (chart) => argo(chart, {
      mesh: Mesh.gatewayApi(), rollout: Rollout.abTest({ ...PAIR, matches: [...BETA, { headers: [HeaderMatch.exact('x-team', 'blue')] }] }),
    }), [
      '[test/web] controller-unfit at rollout: the plugin of Argo Rollouts for the Gateway API wants all headers of a route, and the route "ab-test" has alternatives; keep one of them',
    ]],
    ['fails if the plugin for the Gateway API would take a prefix for an expression', (chart) => argo(chart, {
      mesh: Mesh.gatewayApi(), rollout: Rollout.abTest({ ...PAIR, matches: [{ headers: [HeaderMatch.prefix('x-team', 'b.')] }] }),
    }), [
      '[test/web] controller-unfit at rollout: the plugin of Argo Rollouts for the Gateway API takes the beginning of "x-team" for a regular expression; use `HeaderMatch.regex` or an exact value',
    ]],
    ['fails if the plugin for the Gateway API would take away a lane with a route', (chart) => argo(chart, {
      mesh: Mesh.gatewayApi(),
      rollout: Rollout.canary({
        ...PAIR, lane: Lane.header('x-lane', 'next'), steps: [{ weight: 10, addRoutes: [{ name: 'beta', matches: BETA, weights: { v2: 1 } }] }, { weight: 20, dropRoutes: ['beta'] }],
      }),
    }), [
      '[test/web] controller-unfit at rollout: the plugin of Argo Rollouts for the Gateway API takes all added routes away with the first, and the rollout adds "rollout-lane", "beta"; keep one of them',
    ]],
    ['fails if a step gives the stable version a number of pods', (chart) => argo(chart, { rollout: canary({ weight: 50, replicas: { v1: 2 } }), versions: [V1, V2] }), [
      '[test/web] controller-unfit at rollout.steps[0].replicas: Argo Rollouts scales the candidate alone, and step "weight-50" gives the stable version a number; drop the number of the stable version',
    ]],
    ['fails if Argo Rollouts knows nothing of the mesh', (chart) => argo(chart, { mesh: Mesh.kuma() }), [
      '[test/web] controller-unfit at mesh: Argo Rollouts changes nothing that the mesh "kuma" reads; use `CanaryService` with stages',
    ]],
    ['fails if a DestinationRule is named that nothing needs', (chart) => argo(chart, { mesh: Mesh.istio({ destinationRuleName: 'rule' }), splitLevel: ArgoSplitLevel.HOST }), [
      '[test/web] controller-unfit at mesh.destinationRuleName: nothing is named "rule": Services instead of subsets and no traffic policy need no DestinationRule; drop the name',
    ]],
    ['fails if a name is too long for the Services that are made of it', (chart) => argo(chart, { name: 'w'.repeat(57), splitLevel: ArgoSplitLevel.HOST }), [
      `[test/web] name-invalid at name: "${'w'.repeat(57)}-stable" has 64 characters, the limit is 63; give the service a shorter \`name\``,
      `[test/web] name-invalid at name: "${'w'.repeat(57)}-canary" has 64 characters, the limit is 63; give the service a shorter \`name\``,
    ]],
    ['fails if a name is too long for the Service before a switch', (chart) => argo(chart, { name: 'w'.repeat(57), mesh: Mesh.kubernetes(), rollout: Rollout.blueGreen(PAIR) }), [
      `[test/web] name-invalid at name: "${'w'.repeat(57)}-preview" has 65 characters, the limit is 63; give the service a shorter \`name\``,
    ]],
    ['fails if a number cannot be', (chart) => argo(chart, { analysis: { measurements: 0, failureLimit: -1 }, revisionHistoryLimit: 0.5 }), [
      '[test/web] analysis-invalid at analysis.measurements: the value is 0; give a whole number from 1 to 2147483647',
      '[test/web] analysis-invalid at analysis.failureLimit: the value is -1; give a whole number from 0 to 2147483647',
      '[test/web] controller-invalid at revisionHistoryLimit: the value is 0.5; give a whole number from 0 to 2147483647',
    ]],
    // ValidateMetric of https://github.com/argoproj/argo-rollouts/blob/v1.10.2/utils/analysis/factory.go: count >= failureLimit.
    ['fails if more measurements are forgiven than made', (chart) => argo(chart, { analysis: { failureLimit: 2 } }), [
      '[test/web] analysis-invalid at analysis.failureLimit: 2 measurements are forgiven, and there are just 1; give 1 at most, or measure more often',
    ]],
  ])('%s', (_, declare, findings) => {
    expect(findingsOf(declare)).toStrictEqual(findings);
  });
});
