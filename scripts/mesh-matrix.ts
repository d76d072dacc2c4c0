/* Writes docs/meshes.md, the table of what each mesh can do, from the capabilities that the meshes declare. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GatewayApiImplementation, Mesh, TrafficSplitVersion } from '../src';
import { INGRESS_NGINX_CAPABILITIES } from '../src/meshes/ingress-nginx/capabilities';
import { INGRESS_CAPABILITIES } from '../src/meshes/plain-ingress/capabilities';
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

export const INGRESSES: readonly { readonly title: string; readonly capabilities: ReadonlySet<Capability> }[] = [
  { title: 'IngressGateway', capabilities: INGRESS_CAPABILITIES },
  { title: 'NginxIngressGateway', capabilities: INGRESS_NGINX_CAPABILITIES },
];

/** The page as it should be. */
export function matrix(): string {
  const ofIngresses = (Object.keys(CAPABILITIES) as Capability[])
    .filter((capability) => INGRESSES.some(({ capabilities }) => capabilities.has(capability)));
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
    '## What Ingresses can do',
    '',
    'Gateways of the Gateway API can do what the column says, but for access; those of Istio all that Istio can. Ingresses can do just this:',
    '',
    `| can it … | capability | ${INGRESSES.map(({ title }) => title).join(' | ')} |`,
    `|---|---|${INGRESSES.map(() => '---|').join('')}`,
    ...ofIngresses.map((capability) => {
      const cells = INGRESSES.map(({ capabilities }) => (capabilities.has(capability) ? 'yes' : '–'));
      return `| ${CAPABILITIES[capability].does} | \`${capability}\` | ${cells.join(' | ')} |`;
    }),
    '',
    'A plain Ingress shares requests out by numbers of pods alone; ingress-nginx between two versions, with one header and one cookie before that.',
    'What does not fit is refused, with the rule that it is about.',
    '',
  ].join('\n');
}

if (require.main === module) writeFileSync(join(resolve(__dirname, '..'), 'docs/meshes.md'), matrix());
