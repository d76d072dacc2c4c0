import * as fc from 'fast-check';
import { apportion, MAX_WEIGHT, shares, totalWeight } from '../../src/model/weights';

const weights = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 })
  .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), fc.integer({ min: 0, max: MAX_WEIGHT })))))
  .map((entries) => new Map(entries))
  .filter((map) => totalWeight(map) > 0);

test.each([
  { name: '1 and 3 are a quarter and three quarters', given: { a: 1, b: 3 }, expected: { a: [1, 4], b: [3, 4] } },
  { name: '50 and 50 are halves', given: { a: 50, b: 50 }, expected: { a: [1, 2], b: [1, 2] } },
  { name: 'a version with weight 0 has no share', given: { a: 0, b: 7 }, expected: { b: [1, 1] } },
  { name: 'thirds stay exact', given: { a: 1, b: 1, c: 1 }, expected: { a: [1, 3], b: [1, 3], c: [1, 3] } },
])('shares: $name', ({ given, expected }) => {
  const found = [...shares(new Map(Object.entries(given)))].map(([version, { numerator, denominator }]) => [version, [numerator, denominator]]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

test.each([
  { name: 'thirds of 100: the first gets what is left over', given: { a: 1, b: 1, c: 1 }, sum: 100, expected: { a: 34, b: 33, c: 33 } },
  { name: 'the largest remainder goes first', given: { a: 10, b: 9, c: 1 }, sum: 10, expected: { a: 5, b: 5, c: 0 } },
  { name: 'exact proportions stay as they are', given: { a: 250, b: 750 }, sum: 100, expected: { a: 25, b: 75 } },
  { name: 'weight 0 stays 0', given: { a: 0, b: 3 }, sum: 100, expected: { a: 0, b: 100 } },
])('apportion: $name', ({ given, sum, expected }) => {
  expect(Object.fromEntries(apportion(new Map(Object.entries(given)), sum))).toEqual(expected);
});

test('apportioned weights add up to the sum, and none is a whole unit away from its exact part', () => {
  fc.assert(fc.property(weights, fc.integer({ min: 1, max: 10_000 }), (given, sum) => {
    const parts = apportion(given, sum);
    const total = totalWeight(given);
    expect(totalWeight(parts)).toBe(sum);
    for (const [version, weight] of given) expect(Math.abs(parts.get(version)! - weight * sum / total)).toBeLessThan(1);
  }));
});

test('scaling all weights leaves the shares as they are', () => {
  fc.assert(fc.property(weights, fc.integer({ min: 1, max: 1000 }), (given, factor) => {
    const scaled = new Map([...given].map(([version, weight]) => [version, weight * factor]));
    expect(shares(scaled)).toEqual(shares(given));
  }));
});
