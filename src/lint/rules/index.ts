import { API_VERSION_DEPRECATED, API_VERSION_RETIRED } from './api-versions';
import { AUTOSCALER_AND_REPLICAS } from './autoscaler-and-replicas';
import { BACKEND_MISSING, BACKEND_WITHOUT_PODS } from './backends';
import { CATCH_ALL_MISSING } from './catch-all-missing';
import { DEPLOYMENT_SELECTORS_OVERLAP, SELECTOR_MISSES_TEMPLATE } from './deployment-selectors';
import { DISRUPTION_BUDGET_SPANS_VERSIONS } from './disruption-budget';
import { FAULT_FOR_EVERYBODY } from './faults';
import { FIELD_TYPE } from './field-type';
import { LEAF_SEVERAL_VERSIONS } from './leaf-several-versions';
import { MANIFEST_UNREADABLE, NOT_AN_OBJECT, OBJECT_DECLARED_TWICE } from './loading';
import { PODS_WITHOUT_PROXY } from './pods-without-proxy';
import { PREFIX_CATCHES_SIBLINGS } from './prefix-catches-siblings';
import { ROOT_WITHOUT_PODS } from './root-without-pods';
import { ROUTE_UNREACHABLE } from './route-unreachable';
import { SELECTOR_WITHOUT_PODS } from './selector-without-pods';
import { SELECTORS_CROSS } from './selectors-cross';
import { SERVICE_ACCOUNT_MISSING } from './service-account-missing';
import { TARGET_PORT_UNDECLARED } from './target-port';
import { TRAFFIC_UNCERTAIN } from './traffic-uncertain';
import { VERSION_NOT_ADMITTED } from './version-not-admitted';
import { WEIGHT_DEFAULTED, WEIGHTS_TOTAL_ZERO } from './weights';
import { LintRule } from '../lint-rule';

/** Rules that hold whatever the mesh. The last reads what all others have read. */
export const RULES: readonly LintRule[] = [
  API_VERSION_DEPRECATED,
  API_VERSION_RETIRED,
  AUTOSCALER_AND_REPLICAS,
  BACKEND_MISSING,
  BACKEND_WITHOUT_PODS,
  CATCH_ALL_MISSING,
  DEPLOYMENT_SELECTORS_OVERLAP,
  DISRUPTION_BUDGET_SPANS_VERSIONS,
  FAULT_FOR_EVERYBODY,
  LEAF_SEVERAL_VERSIONS,
  MANIFEST_UNREADABLE,
  NOT_AN_OBJECT,
  OBJECT_DECLARED_TWICE,
  PODS_WITHOUT_PROXY,
  PREFIX_CATCHES_SIBLINGS,
  ROOT_WITHOUT_PODS,
  ROUTE_UNREACHABLE,
  SELECTOR_MISSES_TEMPLATE,
  SELECTOR_WITHOUT_PODS,
  SELECTORS_CROSS,
  SERVICE_ACCOUNT_MISSING,
  TARGET_PORT_UNDECLARED,
  TRAFFIC_UNCERTAIN,
  VERSION_NOT_ADMITTED,
  WEIGHT_DEFAULTED,
  WEIGHTS_TOTAL_ZERO,
  FIELD_TYPE,
];
