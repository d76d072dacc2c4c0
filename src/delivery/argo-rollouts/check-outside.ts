import { ArgoContext } from './context';
import { NAME } from './name';
import { moveAbove } from './steps';
import { candidatePorts, fittingListeners } from '../../model/exposed-rules';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { RoutingModel } from '../../model/routing-model';
import { Controlled } from '../controlled';
import { stepText } from '../move';
import { Outside } from '../outside';
import { STAGES } from '../remedy';

/** What Argo Rollouts and the gateways cannot keep of the exposures. */
export function checkOutside(context: ArgoContext): Finding[] {
  return context.service.outside.flatMap((outside) => checkExposure(context, outside));
}

function checkExposure({ service, routing, model }: ArgoContext, outside: Outside): Finding[] {
  const { exposure, gateway } = outside;
  const mesh = service.driver?.name ?? '';
  if (!routing) return [];
  const report = new Report(exposure.path);
  if (!routing.reaches(outside)) {
    report.add('controller-unfit', 'gateway', `${NAME} changes nothing that the gateway "${exposure.gateway.name}" reads, on the mesh "${mesh}"`, `use a gateway that goes with the mesh, or ${STAGES}`);
    return report.findings;
  }
  if (!routing.limited) checkAbove(report, service, model, outside);
  return [...report.findings, ...gateway._check(model, exposure, mesh)];
}

/** Routes above all others would let in what the exposure does not. */
function checkAbove(report: Report, service: Controlled, model: RoutingModel, { exposure, options }: Outside): void {
  const above = moveAbove(service);
  if (!above) return;
  const what = `${NAME} adds a route at ${stepText(above)}, which would let in`;
  if (exposure.matches.length > 0) report.add('controller-unfit', 'matches', `${what} what the exposure does not`, `drop the conditions, or ${STAGES}`);
  const [port] = candidatePorts(model, exposure);
  if (options.listener !== undefined && port && fittingListeners({ ...exposure, listener: undefined }, port).length > 1) {
    report.add('controller-unfit', 'listener', `${what} what comes through other listeners of the gateway`, `drop the listener, or ${STAGES}`);
  }
}
