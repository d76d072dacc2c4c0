import { Yaml } from 'cdk8s';
import { flaggerStates } from './flagger-controller';
import { Manifest, manifestsOf, PAIR, V1, V2, WEB } from './services';
import { ArgoRollout, CanaryService, Client, FlaggerCanary, Gateway, IstioGateway, Mesh, PathMatch, Protocol, RequestSource, Rollout, Traffic } from '../../src';

const canary = () => Rollout.canary({ ...PAIR, steps: [{ weight: 10 }, { weight: 50 }] });

function manifests(mesh: Mesh, clients: Client[]): Manifest[] {
  return manifestsOf((chart) => new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary(), allowFrom: clients }), mesh);
}

/** Percent of the requests that come in, those of the candidate behind the stroke. */
function shares(states: readonly Manifest[][], mesh: string, from: RequestSource, path?: string): string[] {
  return states.map((state) => {
    const decision = Traffic.fromYaml(state.map((manifest) => Yaml.stringify(manifest)).join('---\n'), { mesh }).decide({ host: 'web.shop', from, path });
    const [candidate, stable] = ['canary', 'primary'].map((version) => Math.round(100 * decision.share(version)));
    return `${candidate + stable}/${candidate}`;
  });
}

const FRIEND = RequestSource.meshed({ namespace: 'shop', serviceAccount: 'cart' });
const STRANGER = RequestSource.meshed({ namespace: 'shop', serviceAccount: 'other' });

describe('those whom the service lets in reach the pods of both, and nobody else any', () => {
  test.each([['istio', Mesh.istio()], ['linkerd', Mesh.linkerd()]] as const)('%s', (name, mesh) => {
    const states = flaggerStates(manifests(mesh, [Client.serviceAccount('cart', { namespace: 'shop' })]));
    expect(shares(states, name, FRIEND)).toStrictEqual(['100/0', '100/10', '100/50']);
    expect(shares(states, name, STRANGER)).toStrictEqual(['0/0', '0/0', '0/0']);
  });

  test('by single requests', () => {
    const states = flaggerStates(manifests(Mesh.istio(), [Client.serviceAccount('cart', { namespace: 'shop', requests: [{ path: PathMatch.prefix('/api') }] })]));
    expect(shares(states, 'istio', FRIEND, '/api/x')).toStrictEqual(['100/0', '100/10', '100/50']);
    expect(shares(states, 'istio', FRIEND, '/')).toStrictEqual(['0/0', '0/0', '0/0']);
  });

  test('the policies and nothing that Flagger makes', () => {
    const kinds = (mesh: Mesh) => manifests(mesh, [Client.serviceAccount('cart')]).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    const rest = ['Deployment/web', 'Canary/web'];
    expect(kinds(Mesh.istio())).toStrictEqual([
      'ServiceAccount/web', 'PeerAuthentication/web', 'AuthorizationPolicy/web', 'PeerAuthentication/web-primary', 'AuthorizationPolicy/web-primary', ...rest,
    ]);
    expect(kinds(Mesh.linkerd())).toStrictEqual(['ServiceAccount/web', ...['web', 'web-primary'].flatMap((name) => [
      `MeshTLSAuthentication/${name}`, `AuthorizationPolicy/${name}`, `Server/${name}`,
    ]), ...rest]);
  });

  test('a gateway that the service is exposed on is let in', () => {
    const states = flaggerStates(manifestsOf((chart) => {
      const gateway: Gateway = new IstioGateway(chart, 'edge', { listeners: [{ port: 80, protocol: Protocol.HTTP }] });
      new FlaggerCanary(chart, 'web', { ...WEB, rollout: canary(), allowFrom: [] }).exposeViaGateway(gateway, { hosts: ['shop.example.com'] });
    }));
    const text = states[1].map((manifest) => Yaml.stringify(manifest)).join('---\n');
    const traffic = Traffic.fromYaml(text, { mesh: 'istio' });
    expect(traffic.decide({ host: 'shop.example.com', from: RequestSource.gateway('edge', { namespace: 'shop' }) }).share('canary')).toBe(0.1);
    expect(traffic.decide({ host: 'web.shop', from: STRANGER }).share('canary')).toBe(0);
  });
});

describe.each([['Flagger', FlaggerCanary], ['Argo Rollouts', ArgoRollout]] as const)('a caller that %s looks after', (_, Controlled) => {
  test('is let in by the accounts of both versions', () => {
    const written = manifestsOf((chart) => {
      const page = new Controlled(chart, 'page', { ...WEB, rollout: canary(), versions: [V1, { ...V2, serviceAccountName: 'page-two' }] });
      new CanaryService(chart, 'web', { ...WEB, versions: [V1], allowFrom: page.clients });
    });
    const traffic = Traffic.fromYaml(written.map((manifest) => Yaml.stringify(manifest)).join('---\n'), { mesh: 'istio' });
    const share = (serviceAccount: string) => traffic.decide({ host: 'web.shop', from: RequestSource.meshed({ namespace: 'shop', serviceAccount }) }).share('v1');
    expect([share('page'), share('page-two'), share('other')]).toStrictEqual([1, 1, 0]);
  });
});

test('what is built on the root Service of Argo Rollouts stands in its manifest', () => {
  const written = manifestsOf((chart) => {
    const web = new ArgoRollout(chart, 'web', { ...WEB, rollout: canary() });
    web.root.metadata.addAnnotation('example.com/team', 'shop');
  });
  const root = written.find(({ kind }) => kind === 'Service')!;
  expect(root.metadata).toMatchObject({ name: 'web', annotations: { 'example.com/team': 'shop' } });
});
