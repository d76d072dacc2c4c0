import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE, SAMPLES } from './capability-samples';
import { MESHES, matrix } from '../../scripts/mesh-matrix';
import { CanaryService } from '../../src';
import { CAPABILITIES, Capability } from '../../src/model/capabilities';
import { findingsOf } from '../findings';

const pairs = MESHES.flatMap(({ title, mesh }) => (Object.keys(SAMPLES) as Capability[]).map((capability) => ({ title, mesh, capability })));

test.each(pairs)('$title either renders or refuses $capability', ({ mesh, capability }) => {
  const findings = findingsOf((chart) => {
    new CanaryService(chart, 'web', { ...BASE, ...SAMPLES[capability], mesh });
  });
  const missing = findings.filter((finding) => finding.includes(' capability-missing at ') && finding.includes(`(${capability})`));
  if (mesh._driver.capabilities.has(capability)) expect(missing).toEqual([]);
  else expect(missing.length).toBeGreaterThan(0);
});

test.each(MESHES)('$title renders everything that it says it can, without a finding', ({ mesh }) => {
  for (const capability of mesh._driver.capabilities) {
    if (!needsOnly(mesh._driver.capabilities, capability)) continue;
    const findings = findingsOf((chart) => {
      new CanaryService(chart, 'web', { ...BASE, ...SAMPLES[capability], mesh });
    });
    // A mesh with an order of rules of its own may have no place for just this pair of rules.
    const refusals = findings.filter((finding) => !finding.includes(' order-inexpressible at '));
    expect({ capability, refusals }).toEqual({ capability, refusals: [] });
  }
});

test('every capability has a sample, but for the one that needs a gateway', () => {
  expect(Object.keys(CAPABILITIES).filter((capability) => !(capability in SAMPLES))).toEqual(['GatewayMatching']);
});

test('docs/meshes.md is what `npm run docs:meshes` writes', () => {
  expect(readFileSync(join(__dirname, '../../docs/meshes.md'), 'utf8')).toBe(matrix());
});

/** Samples of policies and filters also ask for weights, paths and so on. */
function needsOnly(can: ReadonlySet<Capability>, capability: Capability): boolean {
  const routed = JSON.stringify(SAMPLES[capability] ?? {}).includes('matches');
  return capability in SAMPLES && (!routed || can.has('HTTPRoutePathMatching'));
}
