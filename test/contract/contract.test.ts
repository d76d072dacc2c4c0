import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { Abilities, declare, Draft, drafts, meaning, RequestDraft, requests } from './declaration';
import { Decision, GatewayApiImplementation, LinkerdApi, Mesh, ReplicaSplit, RequestSource, Traffic } from '../../src';

/*
 * One contract for every mesh: what is declared, rendered and read back decides every request as it was declared. The renderer and the reader
 * of a mesh share no code, and what is expected comes from neither. A declaration may be refused, where the mesh has an order of its own.
 */

interface Contract extends Abilities {
  readonly name: string;
  /** The mesh for a declaration: without one, the number of pods has to come out even. */
  readonly mesh: (draft: Draft) => Mesh;
}

const SPLITS: Abilities = { protocols: ['HTTP', 'TCP'], routes: false, access: false };
const ROUTES: Abilities = { protocols: ['HTTP', 'HTTP', 'HTTP', 'TCP'], routes: true, access: false };

const CONTRACTS: readonly Contract[] = [
  { name: 'istio', mesh: () => Mesh.istio(), ...ROUTES, access: true },
  { name: 'linkerd', mesh: () => Mesh.linkerd(), ...ROUTES, access: true },
  { name: 'linkerd by routes of its own', mesh: () => Mesh.linkerd({ api: LinkerdApi.POLICY }), ...ROUTES, protocols: ['HTTP', 'GRPC'], access: true },
  { name: 'linkerd by TrafficSplits', mesh: () => Mesh.linkerd({ api: LinkerdApi.SMI }), ...SPLITS, access: true },
  { name: 'gateway-api on Istio', mesh: () => Mesh.gatewayApi({ implementation: GatewayApiImplementation.ISTIO }), ...ROUTES },
  { name: 'gateway-api, conformant', mesh: () => Mesh.gatewayApi(), ...ROUTES },
  { name: 'open-service-mesh', mesh: () => Mesh.openServiceMesh(), ...SPLITS, access: true },
  { name: 'smi', mesh: () => Mesh.smi(), ...SPLITS, access: true },
  {
    name: 'kubernetes',
    mesh: ({ weights }) => Mesh.kubernetes({ replicaSplit: ReplicaSplit.total(weights.reduce((sum, weight) => sum + weight, 0)) }),
    ...SPLITS,
  },
];

/** What a mesh may refuse of these declarations; anything else fails the contract. */
const REFUSED = /order-inexpressible|rule-unreachable|rule-duplicate|conditions-inexpressible/;

/** 100 declarations of 100 requests each. */
const RUNS = { numRuns: 100, maxSkipsPerRun: 10, endOnFailure: true };

function trafficOf(contract: Contract, draft: Draft): Traffic | undefined {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  declare(chart, contract.mesh(draft), draft);
  try {
    return Traffic.fromYaml(app.synthYaml());
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(1);
    if (lines.length > 0 && lines.every((line) => REFUSED.test(line))) return undefined;
    throw error;
  }
}

function asked(traffic: Traffic, { path, method, headers, account }: RequestDraft): Decision {
  return traffic.decide({ host: 'web.shop', path, method, headers: { ...headers }, from: RequestSource.meshed({ namespace: 'shop', serviceAccount: account }) });
}

function received(decision: Decision): Record<string, number> {
  return decision.denied > 0 ? { denied: decision.denied } : { ...decision.shares, ...(decision.lost > 0 ? { lost: decision.lost } : {}) };
}

describe.each(CONTRACTS)('$name', (contract) => {
  test('decides as declared', () => {
    let decided = 0;
    fc.assert(fc.property(drafts(contract), requests, (draft, all) => {
      const traffic = trafficOf(contract, draft);
      fc.pre(traffic !== undefined);
      for (const one of all) {
        expect({ request: one, shares: received(asked(traffic, one)) }).toEqual({ request: one, shares: meaning(draft, one) });
        decided++;
      }
    }), RUNS);
    expect(decided).toBeGreaterThanOrEqual(10_000);
  });
});
