import { ISTIO_RULES } from './istio/lint';
import { LintRule } from '../lint/lint-rule';

/** Rules that hold for manifests of one mesh, a line for each mesh. */
export const MESH_RULES: readonly LintRule[] = [
  ...ISTIO_RULES,
];
