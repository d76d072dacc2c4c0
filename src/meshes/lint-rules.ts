import { GATEWAY_API_RULES } from './gateway-api/lint';
import { INGRESS_NGINX_RULES } from './ingress-nginx/lint';
import { ISTIO_RULES } from './istio/lint';
import { LINKERD_RULES } from './linkerd/lint';
import { SMI_RULES } from './smi/lint';
import { LintRule } from '../lint/lint-rule';

/** Rules that hold for manifests of one mesh, a line for each mesh. */
export const MESH_RULES: readonly LintRule[] = [
  ...GATEWAY_API_RULES,
  ...INGRESS_NGINX_RULES,
  ...ISTIO_RULES,
  ...LINKERD_RULES,
  ...SMI_RULES,
];
