import { DESTINATION_RULE_RULES } from './destination-rules';
import { DESTINATION_UNKNOWN } from './destination-unknown';
import { GATEWAY_RULES } from './gateways';
import { HOST_RULES } from './hosts';
import { OBJECT_REFUSED } from './object-refused';
import { POLICY_RULES } from './policies';
import { PORT_RULES } from './ports';
import { VIRTUAL_SERVICE_RULES } from './virtual-services';
import { LintRule } from '../../../lint/lint-rule';

export const ISTIO_RULES: readonly LintRule[] = [
  ...DESTINATION_RULE_RULES,
  DESTINATION_UNKNOWN,
  ...GATEWAY_RULES,
  ...HOST_RULES,
  OBJECT_REFUSED,
  ...POLICY_RULES,
  ...PORT_RULES,
  ...VIRTUAL_SERVICE_RULES,
];
