import { Finding } from '../finding';
import { RoutingModel } from '../routing-model';
import { checkAccess } from './access';
import { checkConfigFiles } from './config-files';
import { checkExposures } from './exposures';
import { checkNames } from './identity';
import { checkPorts } from './ports';
import { checkRuleOrder } from './rule-order';
import { checkRules } from './rules';
import { checkTrafficPolicies } from './traffic-policy';
import { checkVersions } from './versions';
import { checkWeights } from './weights';

export { withoutRepetition } from './repetition';

const CHECKS: readonly ((model: RoutingModel) => Finding[])[] = [
  checkNames,
  checkPorts,
  checkVersions,
  checkConfigFiles,
  checkWeights,
  checkRules,
  checkRuleOrder,
  checkTrafficPolicies,
  checkAccess,
  checkExposures,
];

/** Everything that is wrong with a model on any mesh. Never stops at the first. */
export function validate(model: RoutingModel): Finding[] {
  return CHECKS.flatMap((check) => check(model));
}
