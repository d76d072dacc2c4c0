import { Finding } from '../../model/finding';
import { RoutingModel, Rule } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';
import { Report } from '../../model/validate/report';

/** The least share above 0 that Istio takes. @see https://github.com/istio/istio/blob/master/pkg/config/validation/validation.go (validatePercentage) */
const LEAST_FAULT_PERCENT = 0.0001;

/** What Istio cannot keep of a model. */
export function check(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  checkRootSelector(report, model);
  for (const rule of model.rules) checkFaultShares(report, rule);
  return report.findings;
}

/** A subset is made of the pods that the root Service selects: what the root leaves out, no route can reach. */
function checkRootSelector(report: Report, model: RoutingModel): void {
  const wanted = Object.entries(model.root.selector);
  const left = model.versions.filter(({ podLabels }) => !wanted.every(([key, value]) => podLabels[key] === value));
  if (left.length > 0) {
    report.add('root-selector-unfit', 'rootSelector',
      `Istio takes the pods of a subset from the root Service, whose selector leaves out ${left.map(({ name }) => `"${name}"`).join(', ')}`,
      'use `RootSelector.allVersions()`');
  }
}

function checkFaultShares(report: Report, rule: Rule): void {
  for (const part of [rule.fault?.delay, rule.fault?.abort]) {
    if (part && part.percent > 0 && part.percent < LEAST_FAULT_PERCENT) {
      report.add('fault-invalid', placeOf(rule, 'fault'), `the share is ${part.percent}, and the least that Istio takes is ${LEAST_FAULT_PERCENT}`, 'give a larger share');
    }
  }
}
