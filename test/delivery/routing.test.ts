import { Chart, Duration } from 'cdk8s';
import { ERRORS, find, Manifest, manifestsOf, PAIR, PROMETHEUS, WEB } from './services';
import { ArgoRollout, ArgoSplitLevel, FlaggerAlertSeverity, FlaggerCanary, FlaggerMetricProviderType, Gate, LinkerdApi, LoadBalancing, Mesh, Protocol, Retries, Rollout } from '../../src';
import { findingsOf } from '../findings';

const keys = (manifests: readonly Manifest[]) => manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
const canary = () => Rollout.canary({ ...PAIR, steps: [{ weight: 10 }, { weight: 50 }] });
const PODS = Rollout.replicas({ ...PAIR, pods: 3, steps: [{ replicas: { v1: 2, v2: 1 } }, { replicas: { v1: 1, v2: 2 } }] });

describe('Flagger writes for what the mesh reads', () => {
  test.each<[string, Mesh, string, object]>([
    ['Istio', Mesh.istio(), 'istio', {}],
    ['routes on Services', Mesh.gatewayApi(), 'gatewayapi:v1', { gatewayRefs: [{ group: '', kind: 'Service', name: 'web', namespace: 'shop', port: 80 }] }],
    ['Linkerd', Mesh.linkerd(), 'gatewayapi:v1', { gatewayRefs: [{ group: '', kind: 'Service', name: 'web', namespace: 'shop', port: 80 }] }],
    ['Linkerd with its extension', Mesh.linkerd({ api: LinkerdApi.SMI }), 'smi:v1alpha2', {}],
    ['Open Service Mesh', Mesh.openServiceMesh(), 'smi:v1alpha2', {}],
    ['SMI', Mesh.smi(), 'smi:v1alpha2', {}],
  ])('%s', (_, mesh, provider, service) => {
    const manifests = manifestsOf((chart) => new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary() }), mesh);
    const { spec } = find(manifests, 'Canary');
    expect(keys(manifests)).toStrictEqual(['ServiceAccount/web', 'Deployment/web', 'Canary/web']);
    expect(spec.provider).toBe(provider);
    expect(spec.service).toStrictEqual({ port: 80, portName: 'http', appProtocol: expect.any(String), targetPort: 8080, ...service });
    expect(spec.analysis.stepWeights).toStrictEqual([10, 50]);
  });

  test('without a mesh everything goes over at once', () => {
    const rollout = Rollout.blueGreen({ ...PAIR, gates: [Gate.duration(Duration.minutes(3))] });
    const { spec } = find(manifestsOf((chart) => new FlaggerCanary(chart, 'web', { ...WEB, rollout }), Mesh.kubernetes()), 'Canary');
    expect(spec).toMatchObject({ provider: 'kubernetes', analysis: { interval: '60s', iterations: 3 } });
    expect(spec.analysis.stepWeights).toBeUndefined();
  });

  test('a metric may be asked for elsewhere, and people may be told', () => {
    const manifests = manifestsOf((chart) => new FlaggerCanary(chart, 'web', {
      ...WEB,
      rollout: Rollout.canary({ ...PAIR, steps: [{ weight: 10, gates: [ERRORS] }] }),
      analysis: {
        metricProvider: { type: FlaggerMetricProviderType.DATADOG, secretName: 'datadog' },
        alerts: [{ name: 'team', provider: 'chat', providerNamespace: 'flagger', severity: FlaggerAlertSeverity.ERROR }, { name: 'log', provider: 'log' }],
      },
    }));
    expect(find(manifests, 'MetricTemplate').spec.provider).toStrictEqual({ type: 'datadog', secretRef: { name: 'datadog' } });
    expect(find(manifests, 'Canary').spec.analysis.alerts).toStrictEqual([
      { name: 'team', severity: 'error', providerRef: { name: 'chat', namespace: 'flagger' } }, { name: 'log', severity: 'info', providerRef: { name: 'log' } },
    ]);
  });

  test('an Ingress may be split instead', () => {
    const { spec } = find(manifestsOf((chart) => new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary(), ingress: 'shop' }), Mesh.kubernetes()), 'Canary');
    expect(spec).toMatchObject({ provider: 'nginx', ingressRef: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' } });
  });
});

describe('Argo Rollouts changes what the mesh reads', () => {
  const leaves = ['ServiceAccount/web', 'Service/web', 'Service/web-stable', 'Service/web-canary'];
  const services = { stableService: 'web-stable', canaryService: 'web-canary' };
  const plugin = { plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'web' }], namespace: 'shop' } } };

  test.each<[string, Mesh, string | undefined, readonly string[], object]>([
    ['routes on Services', Mesh.gatewayApi(), undefined, [...leaves, 'HTTPRoute/web', 'Rollout/web'], { ...services, trafficRouting: plugin }],
    ['Linkerd', Mesh.linkerd(), undefined, [...leaves, 'HTTPRoute/web', 'Rollout/web'], { ...services, trafficRouting: plugin }],
    ['Open Service Mesh', Mesh.openServiceMesh(), undefined, [...leaves, 'Rollout/web'], {
      ...services, trafficRouting: { smi: { rootService: 'web', trafficSplitName: 'web' } },
    }],
    ['an Ingress', Mesh.kubernetes(), 'shop', [...leaves, 'Rollout/web'], { ...services, trafficRouting: { nginx: { stableIngress: 'shop' } } }],
  ])('%s', (_, mesh, ingress, objects, strategy) => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: canary(), ingress }), mesh);
    expect(keys(manifests)).toStrictEqual(objects);
    expect(find(manifests, 'Rollout').spec.strategy.canary).toStrictEqual({
      ...strategy, steps: [{ setCanaryScale: { weight: 100 } }, { setWeight: 10 }, { setWeight: 50 }, { setWeight: 100 }],
    });
  });

  test('a route of the Gateway API has both Services from the beginning', () => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: canary() }), Mesh.gatewayApi());
    expect(find(manifests, 'HTTPRoute').spec.rules[0].backendRefs).toMatchObject([{ name: 'web-stable', weight: 100 }, { name: 'web-canary', weight: 0 }]);
  });

  test('what Istio knows of connections stands on both Services where routes name these', () => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', {
      ...WEB, rollout: canary(), splitLevel: ArgoSplitLevel.HOST, trafficPolicy: { loadBalancing: LoadBalancing.random() },
    }));
    const rules = manifests.filter(({ kind }) => kind === 'DestinationRule');
    const trafficPolicy = { loadBalancer: { simple: 'RANDOM' } };
    expect(rules.map(({ spec }) => spec)).toStrictEqual(['web', 'web-stable', 'web-canary'].map((name) => ({ host: `${name}.shop.svc.cluster.local`, trafficPolicy })));
    expect(find(manifests, 'Rollout').spec.strategy.canary.trafficRouting).toStrictEqual({ istio: { virtualService: { name: 'web', routes: ['primary'] } } });
  });

  test('connections without HTTP are split by both Services too', () => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', {
      ...WEB, ports: [{ port: 90, protocol: Protocol.TCP }], rollout: canary(), splitLevel: ArgoSplitLevel.HOST,
    }));
    expect(find(manifests, 'VirtualService').spec.tcp).toStrictEqual([{
      match: [{ port: 90 }],
      route: [['web-stable', 100], ['web-canary', 0]].map(([name, weight]) => ({ destination: { host: `${name}.shop.svc.cluster.local`, port: { number: 90 } }, weight })),
    }]);
    expect(find(manifests, 'Rollout').spec.strategy.canary.trafficRouting).toStrictEqual({ istio: { virtualService: { name: 'web', tcpRoutes: [{ port: 90 }] } } });
  });

  // Routes for TLS are found by their port and exactly their server names: searchTlsRoute in rollout/trafficrouting/istio/istio.go.
  test.each([
    [ArgoSplitLevel.HOST, { host: 'web-stable.shop.svc.cluster.local' }, { host: 'web-canary.shop.svc.cluster.local' }],
    [ArgoSplitLevel.SUBSET, { host: 'web.shop.svc.cluster.local', subset: 'stable' }, { host: 'web.shop.svc.cluster.local', subset: 'canary' }],
  ])('connections are split by their server names at the level %s', (splitLevel, stable, canaryOf) => {
    const sniHosts = ['web.example.com', 'www.example.com'];
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', {
      ...WEB, ports: [{ port: 443, protocol: Protocol.TLS, sniHosts }], rollout: canary(), splitLevel,
    }));
    expect(find(manifests, 'VirtualService').spec.tls).toStrictEqual([{
      match: [{ port: 443, sniHosts }],
      route: [[stable, 100], [canaryOf, 0]].map(([to, weight]) => ({ destination: { ...to as object, port: { number: 443 } }, weight })),
    }]);
    expect(find(manifests, 'Rollout').spec.strategy.canary.trafficRouting.istio.virtualService).toStrictEqual({ name: 'web', tlsRoutes: [{ port: 443, sniHosts }] });
  });

  test('without a mesh numbers of pods become weights', () => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: PODS }), Mesh.kubernetes());
    expect(keys(manifests)).toStrictEqual(['ServiceAccount/web', 'Service/web', 'Rollout/web']);
    expect(find(manifests, 'Rollout').spec).toMatchObject({
      replicas: 3, strategy: { canary: { steps: [{ setWeight: 33 }, { setWeight: 67 }, { setWeight: 100 }] } },
    });
  });

  test('without a mesh a switch is one of selectors', () => {
    const rollout = Rollout.blueGreen({ ...PAIR, gates: [Gate.approval('fine?'), ERRORS], retireGates: [Gate.duration(Duration.minutes(10)), ERRORS] });
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout, analysis: PROMETHEUS }), Mesh.kubernetes());
    expect(keys(manifests)).toStrictEqual(['ServiceAccount/web', 'Service/web', 'Service/web-preview', 'AnalysisTemplate/web-error-rate', 'Rollout/web']);
    expect(find(manifests, 'Rollout').spec.strategy).toStrictEqual({
      blueGreen: {
        activeService: 'web',
        previewService: 'web-preview',
        autoPromotionEnabled: false,
        scaleDownDelaySeconds: 600,
        prePromotionAnalysis: { templates: [{ templateName: 'web-error-rate' }] },
        postPromotionAnalysis: { templates: [{ templateName: 'web-error-rate' }] },
      },
    });
  });
});

describe('what has to be left alone by whatever applies the manifests', () => {
  const owned = (build: (chart: Chart) => ArgoRollout, mesh: Mesh) => {
    const made: ArgoRollout[] = [];
    manifestsOf((chart) => made.push(build(chart)), mesh);
    return { argo: made[0].argoCdIgnoreDifferences(), flux: made[0].fluxIgnoreRules() };
  };

  test('is the selectors and the weights of a route', () => {
    const { argo, flux } = owned((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: canary() }), Mesh.gatewayApi());
    const hash = '.spec.selector["rollouts-pod-template-hash"]';
    expect(argo).toStrictEqual([
      { group: '', kind: 'Service', name: 'web-stable', namespace: 'shop', jqPathExpressions: [hash] },
      { group: '', kind: 'Service', name: 'web-canary', namespace: 'shop', jqPathExpressions: [hash] },
      { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web', namespace: 'shop', jqPathExpressions: ['.spec.rules[].backendRefs[]?.weight'] },
    ]);
    expect(flux.at(-1)).toStrictEqual({
      paths: ['/spec/rules/0/backendRefs/0/weight', '/spec/rules/0/backendRefs/1/weight'],
      target: { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web', namespace: 'shop' },
    });
  });

  test('is selectors and weights where routes of Istio name Services, and nothing of the rules of these', () => {
    const { argo, flux } = owned((chart) => new ArgoRollout(chart, 'web', {
      ...WEB, rollout: canary(), splitLevel: ArgoSplitLevel.HOST, trafficPolicy: { loadBalancing: LoadBalancing.random() },
    }), Mesh.istio());
    expect(argo.map(({ kind, name }) => `${kind}/${name}`)).toStrictEqual(['Service/web-stable', 'Service/web-canary', 'VirtualService/web']);
    expect(flux.map(({ paths }) => paths)).toStrictEqual([
      ['/spec/selector/rollouts-pod-template-hash'], ['/spec/selector/rollouts-pod-template-hash'], ['/spec/http/0/route/0/weight', '/spec/http/0/route/1/weight'],
    ]);
  });

  test('is all routes of a VirtualService where the controller adds some above', () => {
    const { argo, flux } = owned((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: Rollout.mirror(PAIR) }), Mesh.istio());
    expect(argo.at(-1)?.jqPathExpressions).toStrictEqual(['.spec.http[] | select(.name == "rollout-mirror")', '.spec.http[].route[]?.weight']);
    expect(flux.at(-1)?.paths).toStrictEqual(['/spec/http']);
  });
});

describe('refused', () => {
  test.each<[string, (chart: Chart) => unknown, readonly string[]]>([
    ['weights without a mesh, by Flagger', (chart) => new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary(), mesh: Mesh.kubernetes() }), [
      '[test/web] controller-unfit at rollout.steps[0]: Flagger moves no weights with the provider "kubernetes", which step "weight-10" asks for; use `Rollout.blueGreen`',
    ]],
    ['weights without a mesh, by Argo Rollouts', (chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: canary(), mesh: Mesh.kubernetes() }), [
      '[test/web] rollout-unfit at rollout: on the mesh "kubernetes" the pods make the shares, and the rollout moves weights; use `Rollout.replicas`',
    ]],
    ['pods that come beside others', (chart) => new ArgoRollout(chart, 'web', {
      ...WEB, mesh: Mesh.kubernetes(), rollout: Rollout.replicas({ ...PAIR, pods: 3, steps: [{ replicas: { v1: 3, v2: 1 } }] }),
    }), [
      '[test/web] controller-unfit at rollout.steps[0]: Argo Rollouts keeps 3 pods in all, and step "pods-3-1" has 4; make it 3',
    ]],
    ['one pod of two hundred', (chart) => new ArgoRollout(chart, 'web', {
      ...WEB, mesh: Mesh.kubernetes(), rollout: Rollout.replicas({ ...PAIR, pods: 200, steps: [{ replicas: { v1: 199, v2: 1 } }] }),
    }), [
      '[test/web] controller-unfit at rollout.steps[0]: Argo Rollouts counts weights in whole percent, and none of them gives the 1 of 200 pods of step "pods-199-1"; choose other numbers',
    ]],
    ['an Ingress beside a mesh', (chart) => new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary(), ingress: 'shop' }), [
      '[test/web] controller-unfit at ingress: the mesh "istio" splits the traffic, and so would the Ingress "shop"; drop one of them',
    ]],
    ['subsets where Services are told apart', (chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: canary(), mesh: Mesh.linkerd(), splitLevel: ArgoSplitLevel.SUBSET }), [
      '[test/web] controller-unfit at splitLevel: Argo Rollouts does not tell pods apart by subsets on the mesh "linkerd"; drop it, or use `ArgoSplitLevel.HOST`',
    ]],
    ['subsets behind an Ingress', (chart) => new ArgoRollout(chart, 'web', {
      ...WEB, rollout: canary(), mesh: Mesh.kubernetes(), ingress: 'shop', splitLevel: ArgoSplitLevel.SUBSET,
    }), [
      '[test/web] controller-unfit at splitLevel: Argo Rollouts does not tell pods apart by subsets with the Ingress "shop"; drop it, or use `ArgoSplitLevel.HOST`',
    ]],
    ['Services for each where one leads to all pods', (chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: PODS, mesh: Mesh.kubernetes(), splitLevel: ArgoSplitLevel.HOST }), [
      '[test/web] controller-unfit at splitLevel: Argo Rollouts does not tell pods apart by Services on the mesh "kubernetes"; drop it',
    ]],
    ['what the service does and an added route would lose, where Services are told apart too', (chart) => new ArgoRollout(chart, 'web', {
      ...WEB, rollout: Rollout.mirror(PAIR), splitLevel: ArgoSplitLevel.HOST, retries: Retries.attempts(2),
    }), [
      '[test/web] controller-unfit at retries: the route that Argo Rollouts adds at step "mirror" stands above all others and is without it; drop it, or use `CanaryService` with stages',
    ]],
    ['copies where the controller writes none', (chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: Rollout.mirror(PAIR), mesh: Mesh.linkerd({ api: LinkerdApi.SMI }) }), [
      '[test/web] controller-unfit at rollout.mirrors: Argo Rollouts copies no requests on the mesh "linkerd", which step "mirror" asks for; drop the mirror',
    ]],
    ['a person after the switch', (chart) => new ArgoRollout(chart, 'web', {
      ...WEB, mesh: Mesh.kubernetes(), rollout: Rollout.blueGreen({ ...PAIR, retireGates: [Gate.approval('fine?')] }),
    }), [
      '[test/web] controller-unfit at rollout.retireGates: Argo Rollouts asks nobody before it takes the stable version away; give a duration or a metric',
    ]],
    ['settings that a provider leaves out', (chart) => new FlaggerCanary(chart, 'web', {
      ...WEB, rollout: canary(), mesh: Mesh.gatewayApi(), trafficPolicy: { loadBalancing: LoadBalancing.random() }, retries: Retries.attempts(2),
    }), [
      '[test/web] controller-unfit at retries: Flagger leaves it out with the provider "gatewayapi:v1"; drop it, or use `CanaryService` with stages',
      '[test/web] controller-unfit at trafficPolicy: Flagger leaves it out with the provider "gatewayapi:v1"; drop it, or use `CanaryService` with stages',
    ]],
  ])('%s', (_, build, findings) => {
    expect(findingsOf(build)).toStrictEqual(findings);
  });
});
