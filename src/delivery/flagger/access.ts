import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { FlaggerContext } from './context';
import { missingCapabilities } from '../../model/capabilities';
import { Finding } from '../../model/finding';
import { RoutingModel } from '../../model/routing-model';
import { objectsBelow, routesOf } from '../routes';

/** What Flagger puts behind the names of its copies, and behind the label of their pods. */
export const PRIMARY = '-primary';

/**
 * Who may call, once for the pods of the target and once for those of the primary: Flagger gives the copies the same account and another label.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/canary/deployment_controller.go (createPrimaryDeployment)
 */
export function renderAccess(scope: Construct, context: FlaggerContext): void {
  if (!context.model.clients) return;
  renderPolicies(new Construct(scope, 'Access'), context, context.model);
  renderPolicies(new Construct(scope, 'PrimaryAccess'), context, primaryOf(context.model));
}

/** What the mesh cannot keep of those who may call. */
export function accessFindings({ service: { driver }, model }: FlaggerContext): Finding[] {
  if (!driver) return [];
  const findings = (of: RoutingModel) => [...missingCapabilities(of, driver), ...driver.check(of)].filter(({ severity }) => severity === 'error');
  const others = new Set(findings(open(model)).map((finding) => JSON.stringify(finding)));
  return findings(model).filter((finding) => !others.has(JSON.stringify(finding)));
}

/** The model of a service that everybody may call. */
export function open(model: RoutingModel): RoutingModel {
  return { ...model, clients: undefined };
}

function primaryOf(model: RoutingModel): RoutingModel {
  return { ...model, root: { ...model.root, name: `${model.root.name}${PRIMARY}` }, app: { ...model.app, value: `${model.app.value}${PRIMARY}` } };
}

/** Of what the mesh writes, what it would not write if everybody could call: Flagger makes the rest. */
function renderPolicies(scope: Construct, { service: { driver } }: FlaggerContext, model: RoutingModel): void {
  driver?.render(scope, model);
  const others = new Set(routesOf(driver, open(model)).map(keyOf));
  for (const object of objectsBelow(scope).filter((one) => others.has(keyOf(one)))) object.node.scope?.node.tryRemoveChild(object.node.id);
}

function keyOf({ apiGroup, kind, name }: ApiObject): string {
  return `${apiGroup}/${kind}/${name}`;
}
