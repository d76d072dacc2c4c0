import { LintRule } from '../lint-rule';
import { splitRoots } from '../tables';

/** A split sends on what comes from the mesh. Others get what the Service itself selects. */
export const ROOT_WITHOUT_PODS: LintRule = {
  code: 'root-without-pods',
  severity: 'info',
  *check({ evaluator: { cluster }, tables }) {
    for (const service of splitRoots(tables)) {
      if (service.externalName !== undefined || cluster.behind(service).some(({ pods }) => pods > 0)) continue;
      yield {
        object: service.object,
        place: 'spec.selector',
        message: 'it has no pods of its own: clients without a proxy, and probes of its address, get no answer',
        remedy: 'let its selector take the pods of all versions, if such clients exist',
      };
    }
  },
};
