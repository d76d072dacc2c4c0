import { Abilities, Draft } from './declaration';
import { holds, ROUTES, SPLITS, trafficOf } from './harness';
import { GatewayApiImplementation, LinkerdApi, Mesh, ReplicaSplit, RequestSource } from '../../src';

interface Contract extends Abilities {
  readonly name: string;
  /** The mesh for a declaration: without one, the number of pods has to come out even. */
  readonly mesh: (draft: Draft) => Mesh;
}

const CONTRACTS: readonly Contract[] = [
  { name: 'istio', mesh: () => Mesh.istio(), ...ROUTES, access: true },
  { name: 'linkerd', mesh: () => Mesh.linkerd(), ...ROUTES, access: true },
  { name: 'linkerd by routes of its own', mesh: () => Mesh.linkerd({ api: LinkerdApi.POLICY }), ...ROUTES, protocols: ['HTTP', 'GRPC'], access: true },
  { name: 'linkerd by TrafficSplits', mesh: () => Mesh.linkerd({ api: LinkerdApi.SMI }), ...SPLITS, access: true },
  { name: 'gateway-api on Istio', mesh: () => Mesh.gatewayApi({ implementation: GatewayApiImplementation.ISTIO }), ...ROUTES },
  { name: 'gateway-api on Cilium', mesh: () => Mesh.gatewayApi({ implementation: GatewayApiImplementation.CILIUM }), ...ROUTES, protocols: ['HTTP'] },
  { name: 'gateway-api, conformant', mesh: () => Mesh.gatewayApi(), ...ROUTES },
  { name: 'kuma', mesh: () => Mesh.kuma(), ...ROUTES },
  { name: 'open-service-mesh', mesh: () => Mesh.openServiceMesh(), ...SPLITS, access: true },
  { name: 'smi', mesh: () => Mesh.smi(), ...SPLITS, access: true },
  {
    name: 'kubernetes',
    mesh: ({ weights }) => Mesh.kubernetes({ replicaSplit: ReplicaSplit.total(weights.reduce((sum, weight) => sum + weight, 0)) }),
    ...SPLITS,
  },
];

test.each(CONTRACTS)('$name decides as declared', (contract) => {
  holds(contract, (draft) => trafficOf(contract.mesh(draft), draft), ({ path, method, headers, account }) => ({
    host: 'web.shop', path, method, headers: { ...headers }, from: RequestSource.meshed({ namespace: 'shop', serviceAccount: account }),
  }));
});
