import * as fc from 'fast-check';
import { exactTotal, MAX_PODS, podCounts, smallestTotal, weighted } from '../../../src/meshes/kubernetes/pod-counts';
import { MAX_WEIGHT, shares, totalWeight } from '../../../src/model/weights';

const toWeights = (values: readonly number[]) => new Map(values.map((value, index) => [`v${index + 1}`, value]));

/** Small enough that all ways to share pods out can be tried. */
const small = weightsOf(3, 20);
const any = weightsOf(6, MAX_WEIGHT);

function weightsOf(versions: number, max: number): fc.Arbitrary<Map<string, number>> {
  return fc.array(fc.integer({ min: 0, max }), { minLength: 1, maxLength: versions }).map(toWeights).filter((weights) => totalWeight(weights) > 0);
}

function withTotal(arbitrary: fc.Arbitrary<Map<string, number>>, max: number): fc.Arbitrary<[Map<string, number>, number]> {
  return arbitrary.chain((weights) => fc.tuple(fc.constant(weights), fc.integer({ min: weighted(weights).length, max })));
}

/** Every way to give each version with a weight one pod at least, written without the library. */
function waysToShare(total: number, weights: readonly number[]): number[][] {
  const [first, ...rest] = weights;
  if (rest.length === 0) return (first > 0) === (total > 0) ? [[total]] : [];
  const counts = first > 0 ? Array.from({ length: total }, (_, index) => index + 1) : [0];
  return counts.flatMap((count) => waysToShare(total - count, rest).map((others) => [count, ...others]));
}

/** The greatest distance between share and weight, times total and sum: a whole number. */
function error(counts: readonly number[], weights: readonly number[]): number {
  const sum = weights.reduce((a, b) => a + b);
  const total = counts.reduce((a, b) => a + b);
  return Math.max(...counts.map((count, index) => Math.abs(count * sum - weights[index] * total)));
}

function isWithin(percent: number, counts: readonly number[], weights: readonly number[]): boolean {
  return error(counts, weights) * 100 <= percent * counts.reduce((a, b) => a + b) * weights.reduce((a, b) => a + b);
}

test.each([
  { name: 'whole parts stay as they are', weights: [90, 10], total: 10, counts: [9, 1] },
  { name: 'the largest remainder gets what is left over', weights: [70, 30], total: 4, counts: [3, 1] },
  { name: 'thirds of four: the first version gets what is left over', weights: [1, 1, 1], total: 4, counts: [2, 1, 1] },
  { name: 'the least weight has a pod', weights: [99, 1], total: 3, counts: [2, 1] },
  { name: 'pods for the least weights come from where there are too many', weights: [60, 39, 1], total: 10, counts: [6, 3, 1] },
  { name: 'one version gives several pods', weights: [1000, 1, 1, 1], total: 5, counts: [2, 1, 1, 1] },
  { name: 'weight 0 is no pod', weights: [0, 3], total: 7, counts: [0, 7] },
])('pods: $name', ({ weights, total, counts }) => {
  expect([...podCounts(toWeights(weights), total).values()]).toEqual(counts);
});

test.each([
  { name: 'exact shares of 90 and 10', weights: [90, 10], percent: 0, total: 10 },
  { name: 'exact shares of 333 and 667', weights: [333, 667], percent: 0, total: 1000 },
  { name: 'a third and two thirds, near enough', weights: [333, 667], percent: 0.1, total: 3 },
  { name: 'an error that is just met counts as met: 1 of 5 for 15 %', weights: [85, 15], percent: 5, total: 5 },
  { name: 'an error in tenths that is just met: 1 of 10 for 9.7 %', weights: [903, 97], percent: 0.3, total: 10 },
  { name: '1 % takes many pods', weights: [99, 1], percent: 1, total: 50 },
  { name: 'any error: a pod for each', weights: [98, 1, 1, 0], percent: 100, total: 3 },
  { name: 'a single version', weights: [7], percent: 0, total: 1 },
  { name: 'more pods than a cluster holds', weights: [999_999, 1], percent: 0, total: undefined },
])('smallest total: $name', ({ weights, percent, total }) => {
  expect(smallestTotal(toWeights(weights), percent)).toBe(total);
});

test('counts add up to the total, every version with a weight has a pod, and no other has one', () => {
  fc.assert(fc.property(withTotal(any, MAX_PODS), ([weights, total]) => {
    const counts = podCounts(weights, total);
    expect(totalWeight(counts)).toBe(total);
    expect(weighted(counts)).toEqual(weighted(weights));
    expect([...counts.keys()]).toEqual([...weights.keys()]);
  }));
});

test('no other counts with the same total are nearer to the weights', () => {
  fc.assert(fc.property(withTotal(small, 25), ([weights, total]) => {
    const values = [...weights.values()];
    const least = Math.min(...waysToShare(total, values).map((counts) => error(counts, values)));
    expect(error([...podCounts(weights, total).values()], values)).toBe(least);
  }));
});

test('the smallest total keeps the error, and no counts with a smaller total do', () => {
  fc.assert(fc.property(small, fc.integer({ min: 2, max: 60 }), (weights, percent) => {
    const values = [...weights.values()];
    const total = smallestTotal(weights, percent)!;
    expect(isWithin(percent, [...podCounts(weights, total).values()], values)).toBe(true);
    for (let fewer = weighted(weights).length; fewer < total; fewer++) {
      expect(waysToShare(fewer, values).filter((counts) => isWithin(percent, counts, values))).toEqual([]);
    }
  }));
});

test('the error is kept for any weights', () => {
  fc.assert(fc.property(any, fc.integer({ min: 1, max: 100 }), (weights, percent) => {
    const counts = podCounts(weights, smallestTotal(weights, percent)!);
    expect(isWithin(percent, [...counts.values()], [...weights.values()])).toBe(true);
  }));
});

test('the exact total makes just the weights, and no smaller one does', () => {
  fc.assert(fc.property(small, (weights) => {
    const total = exactTotal(weights);
    const isExact = (pods: number) => [...weights.values()].every((weight) => weight * pods % totalWeight(weights) === 0);
    expect(shares(podCounts(weights, total))).toEqual(shares(weights));
    expect(smallestTotal(weights, 0)).toBe(total);
    for (let fewer = 1; fewer < total; fewer++) expect(isExact(fewer)).toBe(false);
  }));
});
