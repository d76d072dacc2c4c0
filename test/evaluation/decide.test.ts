import * as fc from 'fast-check';
import { Condition, passes, Test } from '../../src/evaluation/condition';
import { decide } from '../../src/evaluation/decide';
import { Action, RouteTable } from '../../src/evaluation/route-table';
import { Share } from '../../src/evaluation/share';
import { toRequest } from '../../src/evaluation/to-request';
import { Cluster } from '../../src/manifests/cluster';

const EMPTY = new Cluster([]);
const CALL = { source: { kind: 'plain', namespace: 'default', labels: {} }, host: 'web', port: 80 } as const;

function answer(status: number): Action {
  return { kind: 'answer', status, reason: 'said so' };
}

function on(path: string): Condition[] {
  return [{ subject: { of: 'path' }, test: { kind: 'exact', value: path } }];
}

test('the first rule whose conditions hold decides, and those before it say why they did not', () => {
  const table: RouteTable = {
    rules: [
      { place: 'first', conditions: on('/a'), action: answer(1) },
      { place: 'second', conditions: on('/b'), action: answer(2) },
      { place: 'third', conditions: [], action: answer(3) },
    ],
    otherwise: answer(404),
    doubts: [],
  };
  const verdict = decide(EMPTY, table, toRequest({ ...CALL, path: '/b?x=1' }));
  expect(verdict.outcomes).toEqual([expect.objectContaining({ status: 2 })]);
  expect(verdict.passedOver.map(({ rule, failed }) => [rule.place, failed])).toEqual([['first', on('/a')[0]]]);
  expect(decide(EMPTY, { ...table, rules: table.rules.slice(0, 2) }, toRequest(CALL)).outcomes).toEqual([expect.objectContaining({ status: 404, cause: 'unmatched' })]);
});

test('shares of any weights add up to exactly 1, with and without an abort', () => {
  const someWeights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(someWeights, fc.double({ min: 0, max: 100, noNaN: true }), (weights, percent) => {
    fc.pre(weights.some((weight) => weight > 0));
    const destinations = weights.map((weight, index) => ({ weight, to: { kind: 'lost' as const, status: 500, reason: `${index}` } }));
    const action: Action = { kind: 'forward', destinations, filters: { abort: { status: 418, percent } } };
    const { outcomes } = decide(EMPTY, { rules: [], otherwise: action, doubts: [] }, toRequest(CALL));
    expect(outcomes.reduce((sum, { share }) => sum.plus(share), Share.none).toString()).toBe('1');
    expect(outcomes.every(({ share }) => !share.isNone)).toBe(true);
  }));
});

test.each<{ test: Test; takes: string[]; not: string[] }>([
  { test: { kind: 'prefix', value: '/v2' }, takes: ['/v2', '/v20', '/v2/x'], not: ['/V2', '/v', '/x/v2'] },
  { test: { kind: 'prefix', value: '/v2', ignoreCase: true }, takes: ['/V2/x'], not: ['/v'] },
  { test: { kind: 'elements', value: '/v2' }, takes: ['/v2', '/v2/', '/v2/x'], not: ['/v20', '/V2'] },
  { test: { kind: 'elements', value: '/v2/' }, takes: ['/v2', '/v2/', '/v2/x'], not: ['/v20'] },
  { test: { kind: 'elements', value: '/' }, takes: ['/', '/x'], not: [] },
  { test: { kind: 'suffix', value: '.org' }, takes: ['a.org'], not: ['a.org.uk'] },
  { test: { kind: 'regex', value: 'a|ab', covers: 'whole' }, takes: ['a', 'ab'], not: ['abc', 'ba'] },
  // What is found first is "a", and it does not span "ab".
  { test: { kind: 'regex', value: 'a|ab', covers: 'leftmost' }, takes: ['a'], not: ['ab', 'ba'] },
  { test: { kind: 'regex', value: 'a|ab', covers: 'part' }, takes: ['a', 'ab', 'xa'], not: ['b'] },
  { test: { kind: 'regex', value: '(?=a)', covers: 'whole' }, takes: [], not: ['', 'a'] },
])('$test.kind of "$test.value" takes $takes and not $not', ({ test: tested, takes, not }) => {
  expect([takes, not].map((values) => values.filter((value) => passes(tested, value)))).toEqual([takes, []]);
});
