/** An app and the stages that it knows. */
export interface Example {
  /** Folder below `examples/`. */
  readonly folder: string;
  /** App in that folder. */
  readonly app: string;
  /** Folder below `dist/examples/<folder>/`, and the mesh that the manifests are for. */
  readonly output: string;
  /** Values of CANARY_STAGE, or of STAGE where the example has no rollout; each becomes a folder of its own. */
  readonly stages: readonly string[];
}

const SHOP = ['stable', 'deploy-v2', 'lane', 'weight-5', 'weight-25', 'weight-100', 'lane-closed', 'retire-v1', 'remove-v1'];

const INGRESS = ['stable', 'grow-75-25', '75-25', 'grow-0-100', '0-100'];

/** Every stage of every example, as `npm run synth` writes them. */
export const EXAMPLES: readonly Example[] = [
  { folder: 'quick-start', app: 'main.ts', output: 'istio', stages: ['90-10'] },
  { folder: 'one-declaration', app: 'main.ts', output: 'meshes', stages: ['istio', 'gateway-api', 'linkerd', 'kuma', 'open-service-mesh', 'smi', 'kubernetes'] },
  { folder: 'shop', app: 'production.ts', output: 'production', stages: SHOP },
  { folder: 'shop', app: 'staging.ts', output: 'staging', stages: ['lane', 'weight-100'] },
  { folder: 'bookstore', app: 'main.ts', output: 'osm', stages: ['before', '100-0', '50-50', '0-100'] },
  { folder: 'emojivoto', app: 'kuma.ts', output: 'kuma', stages: ['500-500', '250-750', '0-1'] },
  { folder: 'emojivoto', app: 'linkerd.ts', output: 'linkerd', stages: ['500-500', '250-750', '0-1'] },
  { folder: 'emojivoto', app: 'smi.ts', output: 'smi', stages: ['500-500', '250-750', '0-1'] },
  { folder: 'emojivoto', app: 'smi-root-as-backend.ts', output: 'smi-root-as-backend', stages: ['500-500', '250-750', '0-1'] },
  { folder: 'bookinfo', app: 'main.ts', output: 'istio', stages: ['no-rules', 'all-v1', 'test-v2', 'test-delay', '50-v3', 'v3'] },
  {
    folder: 'micro-api',
    app: 'kubernetes.ts',
    output: 'kubernetes',
    stages: ['rolling', 'stable', 'grow-canary', 'canary', 'grow-promoted', 'promoted', 'restored', 'undone'],
  },
  { folder: 'micro-api', app: 'istio.ts', output: 'istio', stages: ['no-rules', '70-30', 'v2'] },
  { folder: 'tcp-echo', app: 'istio.ts', output: 'istio', stages: ['all-v1', '20-v2'] },
  { folder: 'tcp-echo', app: 'gateway-api.ts', output: 'gateway-api', stages: ['all-v1', '20-v2'] },
  { folder: 'ingress', app: 'plain.ts', output: 'plain', stages: INGRESS },
  { folder: 'ingress', app: 'nginx.ts', output: 'nginx', stages: INGRESS },
];
