import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { Abilities, declare, Draft, drafts, meaning, RequestDraft, requests } from './declaration';
import { CanaryService, Decision, Mesh, Traffic, TrafficRequest } from '../../src';

/*
 * One contract for every mesh: what is declared, rendered and read back decides every request as it was declared. The renderer and the reader
 * of a mesh share no code, and what is expected comes from neither. A declaration may be refused, where the mesh has an order of its own.
 */

export const SPLITS: Abilities = { protocols: ['HTTP', 'TCP'], routes: false, access: false };
export const ROUTES: Abilities = { protocols: ['HTTP', 'HTTP', 'HTTP', 'TCP'], routes: true, access: false };

/** What a mesh may refuse of these declarations; anything else fails the contract. */
const REFUSED = /order-inexpressible|rule-unreachable|rule-duplicate|conditions-inexpressible|knows one canary/;

/** 100 declarations of 100 requests each. */
const RUNS = { numRuns: 100, maxSkipsPerRun: 10, endOnFailure: true };

export function trafficOf(mesh: Mesh, draft: Draft, expose: (chart: Chart, service: CanaryService) => void = () => undefined): Traffic | undefined {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  expose(chart, declare(chart, mesh, draft));
  try {
    return Traffic.fromYaml(app.synthYaml());
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(1);
    if (lines.length > 0 && lines.every((line) => REFUSED.test(line))) return undefined;
    throw error;
  }
}

/** Every one of 10,000 requests and more is decided as its declaration means it. */
export function holds(abilities: Abilities, traffic: (draft: Draft) => Traffic | undefined, ask: (asked: RequestDraft) => TrafficRequest): void {
  let decided = 0;
  fc.assert(fc.property(drafts(abilities), requests, (draft, all) => {
    const read = traffic(draft);
    fc.pre(read !== undefined);
    for (const one of all) {
      expect({ request: one, shares: received(read.decide(ask(one))) }).toEqual({ request: one, shares: meaning(draft, one) });
      decided++;
    }
  }), RUNS);
  expect(decided).toBeGreaterThanOrEqual(10_000);
}

function received(decision: Decision): Record<string, number> {
  return decision.denied > 0 ? { denied: decision.denied } : { ...decision.shares, ...(decision.lost > 0 ? { lost: decision.lost } : {}) };
}
