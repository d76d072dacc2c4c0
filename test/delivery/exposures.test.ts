import { Chart, Yaml } from 'cdk8s';
import { argoStates } from './argo-controller';
import { flaggerStates } from './flagger-controller';
import { find, Manifest, manifestsOf, PAIR, WEB } from './services';
import {
  ArgoRollout, ArgoSplitLevel, ExposeViaGatewayOptions, FlaggerCanary, Gateway, GatewayApiGateway, GatewayListener, IngressGateway, IstioGateway,
  Lane, Mesh, NginxIngressGateway, PathMatch, Protocol, RequestSource, Rollout, TlsMode, Traffic,
} from '../../src';
import { findingsOf } from '../findings';

type MakeGateway = (chart: Chart) => Gateway;

const HTTP: GatewayListener = { port: 80, protocol: Protocol.HTTP };
const OF_SHOP: GatewayListener = { ...HTTP, hosts: ['shop.example.com'] };
const ISTIO: MakeGateway = (chart) => new IstioGateway(chart, 'edge', { listeners: [HTTP] });
const GATEWAY_API: MakeGateway = (chart) => new GatewayApiGateway(chart, 'edge', { gatewayClassName: 'istio', listeners: [HTTP] });
const ONE_HOST: MakeGateway = (chart) => new GatewayApiGateway(chart, 'edge', { gatewayClassName: 'istio', listeners: [OF_SHOP] });
const NGINX: MakeGateway = (chart) => new NginxIngressGateway(chart, 'edge');
const PLAIN: MakeGateway = (chart) => new IngressGateway(chart, 'edge', { ingressClassName: 'traefik' });

const SHOP = { hosts: ['shop.example.com'] };
const canary = () => Rollout.canary({ ...PAIR, steps: [{ weight: 10 }, { weight: 50 }] });
const EDGE = RequestSource.gateway('edge', { namespace: 'shop' });
const INGRESS = RequestSource.gateway('nginx');

/** Percent of the requests from outside and from inside that get the candidate; states that look the same count once. */
function seen(states: Manifest[][], mesh: string | undefined, from: RequestSource, headers?: Record<string, string>): string[] {
  const shares = states.map((state) => {
    const traffic = Traffic.fromYaml(state.map((manifest) => Yaml.stringify(manifest)).join('---\n'), { mesh });
    const outside = traffic.decide({ host: 'shop.example.com', from, headers }).share('canary');
    const inside = mesh === undefined ? undefined : traffic.decide({ host: 'web.shop', headers }).share('canary');
    return [outside, inside].filter((share) => share !== undefined).map((share) => Math.round(100 * share)).join('/');
  });
  return shares.filter((share, index) => share !== shares[index - 1]);
}

describe('Argo Rollouts splits what comes from outside as declared', () => {
  const states = (mesh: Mesh, gateway: MakeGateway, props = {}, options: ExposeViaGatewayOptions = SHOP) => argoStates(manifestsOf((chart) => {
    new ArgoRollout(chart, 'web', { ...WEB, rollout: canary(), ...props }).exposeViaGateway(gateway(chart), options);
  }, mesh));

  test.each([ArgoSplitLevel.SUBSET, ArgoSplitLevel.HOST])('on Istio, at the level %s', (splitLevel) => {
    expect(seen(states(Mesh.istio(), ISTIO, { splitLevel }), 'istio', EDGE)).toStrictEqual(['0/0', '10/10', '50/50', '100/100']);
  });

  test('on Istio, a lane is open from outside too', () => {
    const rollout = Rollout.canary({ ...PAIR, lane: Lane.header('x-beta', 'yes'), steps: [{ weight: 5 }] });
    expect(seen(states(Mesh.istio(), ISTIO, { rollout }), 'istio', EDGE, { 'x-beta': 'yes' })).toStrictEqual(['0/0', '100/100']);
  });

  test.each([['gateway-api', Mesh.gatewayApi()], ['linkerd', Mesh.linkerd()]] as const)('on %s', (name, mesh) => {
    expect(seen(states(mesh, GATEWAY_API), name, EDGE)).toStrictEqual(['0/0', '10/10', '50/50', '100/100']);
  });

  test.each([['a Gateway of the Gateway API', GATEWAY_API, EDGE], ['ingress-nginx', NGINX, INGRESS]] as const)('without a mesh, by %s', (_, gateway, from) => {
    expect(seen(states(Mesh.kubernetes(), gateway), undefined, from)).toStrictEqual(['0', '10', '50', '100']);
  });

  test.each([['numbers of pods', Rollout.replicas({ ...PAIR, pods: 3, steps: [{ replicas: { v1: 2, v2: 1 } }] })], ['a switch', Rollout.blueGreen(PAIR)]])(
    'without a mesh, %s are those of the root, whatever the gateway', (_, rollout) => {
      for (const gateway of [GATEWAY_API, NGINX, PLAIN]) {
        const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout }).exposeViaGateway(gateway(chart), SHOP), Mesh.kubernetes());
        const route = manifests.find(({ kind }) => kind === 'HTTPRoute' || kind === 'Ingress')!;
        expect(JSON.stringify(route.spec)).toContain('"name":"web"');
        expect(find(manifests, 'Rollout').spec.strategy.canary?.trafficRouting).toBeUndefined();
      }
    },
  );

  test('what a Rollout names is written before it: until it is there, the Rollout is invalid', () => {
    const kinds = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: canary() }).exposeViaGateway(NGINX(chart), SHOP), Mesh.kubernetes())
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(kinds.slice(-4)).toStrictEqual(['Ingress/web-edge-primary', 'Service/web-stable', 'Service/web-canary', 'Rollout/web']);
  });

  test('connections through a gateway are found by the port of its listener', () => {
    const listeners = [{ port: 8443, protocol: Protocol.TLS, tls: { mode: TlsMode.PASSTHROUGH } }];
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', {
      ...WEB, ports: [{ port: 443, protocol: Protocol.TLS }], rollout: canary(),
    }).exposeViaGateway(new IstioGateway(chart, 'edge', { listeners }), SHOP));
    expect(find(manifests, 'Rollout').spec.strategy.canary.trafficRouting.istio.virtualServices).toStrictEqual([
      { name: 'web', tcpRoutes: [{ port: 443 }] }, { name: 'web-edge', tlsRoutes: [{ port: 8443, sniHosts: ['shop.example.com'] }] },
    ]);
  });

  test('a VirtualService with a dot in its name is named with its namespace, which Argo Rollouts takes the last part for', () => {
    const manifests = manifestsOf((chart) => new ArgoRollout(chart, 'web', { ...WEB, rollout: canary() }).exposeViaGateway(ISTIO(chart), { ...SHOP, name: 'web.edge' }));
    expect(find(manifests, 'Rollout').spec.strategy.canary.trafficRouting.istio.virtualServices).toStrictEqual([
      { name: 'web', routes: ['primary'] }, { name: 'web.edge.shop', routes: ['primary'] },
    ]);
  });
});

describe('what has to be left alone by whatever applies the manifests', () => {
  const owned = (mesh: Mesh, gateway: MakeGateway, props = {}) => {
    const made: ArgoRollout[] = [];
    manifestsOf((chart) => {
      made.push(new ArgoRollout(chart, 'web', { ...WEB, rollout: canary(), ...props }));
      made[0].exposeViaGateway(gateway(chart), SHOP);
    }, mesh);
    return made[0].argoCdIgnoreDifferences().map(({ kind, name, jqPathExpressions }) => [`${kind}/${name}`, ...jqPathExpressions]);
  };
  const hash = '["rollouts-pod-template-hash"]';
  const roles = ['web-stable', 'web-canary'].map((name) => [`Service/${name}`, `.spec.selector${hash}`]);

  test('is the weights of the routes of gateways too', () => {
    expect(owned(Mesh.istio(), ISTIO)).toStrictEqual([
      ['DestinationRule/web', `.spec.subsets[]?.labels${hash}`], ['VirtualService/web', '.spec.http[].route[]?.weight'], ['VirtualService/web-edge', '.spec.http[].route[]?.weight'],
    ]);
    expect(owned(Mesh.kubernetes(), NGINX)).toStrictEqual(roles);
  });

  test('is the rules that are added to routes of the Gateway API', () => {
    const rollout = Rollout.canary({ ...PAIR, lane: Lane.header('x-beta', 'yes'), steps: [{ weight: 5 }] });
    const fields = ['.spec.rules[] | select((.name // "") | startswith("rollout-lane"))', '.spec.rules[].backendRefs[]?.weight'];
    expect(owned(Mesh.gatewayApi(), GATEWAY_API, { rollout })).toStrictEqual([...roles, ['HTTPRoute/web', ...fields], ['HTTPRoute/web-edge', ...fields]]);
  });
});

describe('Flagger splits what comes from outside as declared', () => {
  const states = (mesh: Mesh, gateway: MakeGateway, options: ExposeViaGatewayOptions = SHOP) => flaggerStates(manifestsOf((chart) => {
    new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary() }).exposeViaGateway(gateway(chart), options);
  }, mesh));

  test('on Istio', () => {
    expect(seen(states(Mesh.istio(), ISTIO), 'istio', EDGE)).toStrictEqual(['0/0', '10/10', '50/50']);
  });

  test('on the Gateway API, with the hosts of the listener', () => {
    expect(seen(states(Mesh.gatewayApi(), ONE_HOST, {}), 'gateway-api', EDGE)).toStrictEqual(['0/0', '10/10', '50/50']);
  });

  test.each([['a Gateway of the Gateway API', GATEWAY_API, EDGE], ['ingress-nginx', NGINX, INGRESS]] as const)('without a mesh, by %s', (_, gateway, from) => {
    expect(seen(states(Mesh.kubernetes(), gateway), undefined, from)).toStrictEqual(['0', '10', '50']);
  });

  test('without a mesh, a switch is one of the Service, whatever the gateway', () => {
    for (const gateway of [GATEWAY_API, NGINX, PLAIN]) {
      const manifests = manifestsOf((chart) => new FlaggerCanary(chart, 'web', { ...WEB, rollout: Rollout.blueGreen(PAIR) }).exposeViaGateway(gateway(chart), SHOP), Mesh.kubernetes());
      expect(JSON.stringify(manifests.find(({ kind }) => kind === 'HTTPRoute' || kind === 'Ingress')!.spec)).toContain('"name":"web"');
      expect(find(manifests, 'Canary').spec.provider).toBe('kubernetes');
    }
  });
});

describe('refused', () => {
  const argo = (chart: Chart, gateway: MakeGateway, props = {}, options: ExposeViaGatewayOptions = SHOP) =>
    new ArgoRollout(chart, 'web', { ...WEB, rollout: canary(), ...props }).exposeViaGateway(gateway(chart), options);
  const flagger = (chart: Chart, gateway: MakeGateway, props = {}, options: ExposeViaGatewayOptions = SHOP) =>
    new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary(), ...props }).exposeViaGateway(gateway(chart), options);
  const LANE = { rollout: Rollout.canary({ ...PAIR, lane: Lane.header('x-beta', 'yes'), steps: [{ weight: 5 }] }) };
  const API = { matches: [{ path: PathMatch.prefix('/api') }] };
  const TWO: MakeGateway = (chart) => new IstioGateway(chart, 'edge', { listeners: [HTTP, { port: 8080, protocol: Protocol.HTTP }] });

  test.each<[string, (chart: Chart) => unknown, readonly string[]]>([
    ['a gateway that Argo Rollouts does not reach', (chart) => argo(chart, GATEWAY_API), [
      '[test/web/Exposure1] controller-unfit at gateway: Argo Rollouts changes nothing that the gateway "edge" reads, on the mesh "istio"; use a gateway that goes with the mesh, or use `CanaryService` with stages',
    ]],
    ['conditions that an added route would pass by', (chart) => argo(chart, ISTIO, LANE, { ...SHOP, ...API }), [
      '[test/web/Exposure1] controller-unfit at matches: Argo Rollouts adds a route at step "lane", which would let in what the exposure does not; drop the conditions, or use `CanaryService` with stages',
    ]],
    ['a listener that an added route would pass by', (chart) => argo(chart, TWO, LANE, { ...SHOP, listener: 'http-80' }), [
      '[test/web/Exposure1] controller-unfit at listener: Argo Rollouts adds a route at step "lane", which would let in what comes through other listeners of the gateway; drop the listener, or use `CanaryService` with stages',
    ]],
    ['a plain Ingress, which has no shares', (chart) => argo(chart, PLAIN, { mesh: Mesh.kubernetes() }), [
      '[test/web] controller-unfit at rollout: Argo Rollouts moves no weights on the mesh "kubernetes" unless a gateway has them; expose the service via a gateway of the Gateway API or of ingress-nginx, or use `Rollout.replicas`',
    ]],
    ['a gateway that Flagger does not reach', (chart) => flagger(chart, GATEWAY_API), [
      '[test/web/Exposure1] controller-unfit at gateway: Flagger splits nothing that comes through the gateway "edge" with the provider "istio"; use a gateway that goes with the mesh, or use `CanaryService` with stages',
    ]],
    ['conditions, which Flagger would have inside too', (chart) => flagger(chart, ISTIO, {}, { ...SHOP, ...API }), [
      '[test/web/Exposure1] controller-unfit at matches: Flagger has the same conditions for all requests, inside and outside; drop the conditions, or use `CanaryService` with stages',
    ]],
    ['all hosts, which no mesh takes', (chart) => flagger(chart, ISTIO, {}, {}), [
      '[test/web/Exposure1] controller-unfit at hosts: Flagger writes one VirtualService for the mesh and the gateway, and "*" is no host of the mesh; name the hosts',
    ]],
    ['one of several listeners', (chart) => flagger(chart, TWO, {}, { ...SHOP, listener: 'http-80' }), [
      '[test/web/Exposure1] controller-unfit at listener: Flagger names no listener, and the gateway "edge" has several; drop the listener',
    ]],
    ['a name for a route that Flagger names', (chart) => flagger(chart, ISTIO, {}, { ...SHOP, name: 'edge-web' }), [
      '[test/web/Exposure1] controller-unfit at name: Flagger names the route after the service; drop the name',
    ]],
    ['hosts beside a mesh that reads the same route', (chart) => flagger(chart, GATEWAY_API, { mesh: Mesh.gatewayApi() }), [
      '[test/web/Exposure1] controller-unfit at hosts: Flagger writes one HTTPRoute for the mesh and the gateway, and meshes differ in what they make of its hosts; give the gateway a listener with these hosts, and name it as `listener`',
    ]],
    ['connections, for which Flagger names no port of the gateway', (chart) => flagger(chart, (scope) => new IstioGateway(scope, 'edge', { listeners: [{ port: 9000, protocol: Protocol.TCP }] }), {
      ports: [{ port: 9000, protocol: Protocol.TCP }],
    }, {}), [
      '[test/web/Exposure1] controller-unfit at port: Flagger names no port of a gateway, which TCP needs; use HTTP, HTTP2 or GRPC, or use `CanaryService` with stages',
    ]],
    ['other hosts at a second gateway', (chart) => {
      const service = new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary() });
      service.exposeViaGateway(ISTIO(chart), SHOP);
      service.exposeViaGateway(new IstioGateway(chart, 'inner', { listeners: [{ port: 81, protocol: Protocol.HTTP }] }), { hosts: ['shop.internal'] });
    }, [
      '[test/web/Exposure1] controller-unfit at hosts: Flagger has the same hosts for all gateways, and those of "inner" are "shop.internal"; expose the same hosts everywhere',
      '[test/web/Exposure2] controller-unfit at hosts: Flagger has the same hosts for all gateways, and those of "edge" are "shop.example.com"; expose the same hosts everywhere',
    ]],
    ['an Ingress beside one that Flagger splits', (chart) => flagger(chart, NGINX, { mesh: Mesh.kubernetes(), ingress: 'shop' }), [
      '[test/web/Exposure1] controller-unfit at gateway: Flagger splits the traffic of one Ingress, and that is "shop"; drop one of them',
    ]],
    ['a host that is none', (chart) => argo(chart, ISTIO, {}, { hosts: ['shop_example'] }), [
      expect.stringMatching(/^\[test\/web\/Exposure1\] name-invalid at hosts\[0\]/) as unknown as string,
    ]],
  ])('%s', (_, build, findings) => {
    expect(findingsOf(build)).toStrictEqual(findings);
  });
});
