import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { KINDS } from './read-anything';
import { RequestSource, Traffic } from '../../src';
import { mangled } from '../mangled';

const SOURCES = [RequestSource.meshed({ namespace: 'shop' }), RequestSource.plain({ namespace: 'shop' }), RequestSource.gateway('edge', { namespace: 'shop' }), RequestSource.gateway('main', { namespace: 'shop' })];

test.each(Object.keys(KINDS))('manifests of %s with anything in any place are read and decided without an error', (mesh) => {
  const documents = fc.tuple(...KINDS[mesh].map(mangled));
  fc.assert(fc.property(documents, fc.constantFrom('HTTP', 'GRPC', 'TCP', 'TLS'), (objects, protocol) => {
    const traffic = Traffic.fromYaml(objects.map((object) => stringify(object, { version: '1.1' })).join('---\n'), { mesh: mesh.startsWith('no mesh') ? 'kubernetes' : mesh });
    for (const from of SOURCES) {
      const { outcomes } = traffic.decide({ host: 'web.shop', port: 80, protocol, path: '/v2/x', from });
      expect(outcomes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    expect(traffic._evaluator.entries()).toEqual(expect.any(Array));
  }), { numRuns: 100, seed: 20260801 });
}, 60_000);
