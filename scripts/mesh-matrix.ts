/* Writes docs/meshes.md, the table of what each mesh can do, from the capabilities that the meshes declare. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GatewayApiImplementation, Mesh, TrafficSplitVersion } from '../src';
import { CAPABILITIES, Capability } from '../src/model/capabilities';

export const MESHES: readonly { readonly title: string; readonly mesh: Mesh }[] = [
  { title: 'Istio', mesh: Mesh.istio() },
  { title: 'Linkerd', mesh: Mesh.linkerd() },
  { title: 'Kuma', mesh: Mesh.kuma() },
  { title: 'Open Service Mesh', mesh: Mesh.openServiceMesh() },
  { title: 'SMI', mesh: Mesh.smi() },
  { title: 'SMI v1alpha4', mesh: Mesh.smi({ trafficSplitVersion: TrafficSplitVersion.V1ALPHA4 }) },
  { title: 'Gateway API', mesh: Mesh.gatewayApi({ implementation: GatewayApiImplementation.ISTIO }) },
  { title: 'Kubernetes', mesh: Mesh.kubernetes() },
];

/** The page as it should be. */
export function matrix(): string {
  const rows = (Object.keys(CAPABILITIES) as Capability[]).map((capability) => {
    const cells = MESHES.map(({ mesh }) => (mesh._driver.capabilities.has(capability) ? 'yes' : '–'));
    return `| ${CAPABILITIES[capability].does} | \`${capability}\` | ${cells.join(' | ')} |`;
  });
  return [
    '# What each mesh can do',
    '',
    'Written by `npm run docs:meshes` from the capabilities that the meshes declare. What a mesh cannot do is refused with `capability-missing`',
    'when the app is synthesized: nothing is left out in silence. Capabilities are named after the Gateway API feature where one exists.',
    'The column Gateway API is for Istio as its implementation; others can do less, and each refuses what it cannot.',
    '',
    `| can it … | capability | ${MESHES.map(({ title }) => title).join(' | ')} |`,
    `|---|---|${MESHES.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n');
}

if (require.main === module) writeFileSync(join(resolve(__dirname, '..'), 'docs/meshes.md'), matrix());
