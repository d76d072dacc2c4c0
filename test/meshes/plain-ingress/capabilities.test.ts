import { BASE, SAMPLES } from '../capability-samples';
import { expose, Exposed, findingsOf } from './manifests';
import { INGRESSES } from '../../../scripts/mesh-matrix';
import { IngressGateway, NginxIngressGateway, Protocol } from '../../../src';
import { Capability } from '../../../src/model/capabilities';

const GATEWAYS: Record<string, Exposed['gateway']> = {
  IngressGateway: (chart) => new IngressGateway(chart, 'edge', { backendProtocols: [Protocol.HTTP, Protocol.GRPC] }),
  NginxIngressGateway: (chart) => new NginxIngressGateway(chart, 'edge'),
};

const base = { ...BASE, weights: { v1: 1 } };

/** Who may call is asked of the mesh, and what comes through a gateway has no source: such rules are not for it. */
const asked = (Object.keys(SAMPLES) as Capability[]).filter((capability) => !SAMPLES[capability]!.allowFrom && capability !== 'SourceMatching');
const pairs = INGRESSES.flatMap(({ title, capabilities }) => asked.map((capability) => ({ title, capabilities, capability })));

test.each(pairs)('$title either renders or refuses $capability', ({ title, capabilities, capability }) => {
  const sample = { ...base, ...SAMPLES[capability] };
  const exposures = [{ port: sample.ports[0].port }];
  const findings = findingsOf((chart) => expose(chart, { gateway: GATEWAYS[title], props: sample, exposures }));

  if (capabilities.has(capability)) expect(findings).toEqual([]);
  else expect(findings.filter((finding) => finding.includes(`(${capability})`) || finding.includes(' listener-missing '))).not.toEqual([]);
});
