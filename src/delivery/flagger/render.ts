import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PRIMARY, renderAccess } from './access';
import { analysis } from './analysis';
import { FlaggerContext } from './context';
import { API_VERSION } from './kinds';
import { renderMetrics } from './metrics';
import { Canary, CanarySpecAutoscalerRefKind, CanarySpecIngressRefKind, CanarySpecProvider, CanarySpecService, CanarySpecTargetRefKind } from '../../../imports/flagger.app';
import { Report } from '../../model/report';
import { renderAround } from '../around';
import { writtenOutside } from '../outside';
import { renderAccounts, renderConfigMaps, renderTarget } from '../pods';
import { writeControllerObject } from '../write';

/** The accounts, configuration and the Deployment, what stands around it, and the Canary. Flagger makes the rest. */
export function render(scope: Construct, context: FlaggerContext, report: Report): kplus.Deployment {
  const { service, model } = context;
  renderConfigMaps(scope, service, model);
  const deployment = renderTarget(scope, { service, model, accounts: renderAccounts(scope, service, model) }, report);
  if (model.versions[0].autoscaling) deployment.markHasAutoscaler();
  // The pods with the traffic are those of the primary, and Flagger copies no budgets.
  renderAround(scope, model, { target: { apiVersion: 'apps/v1', kind: 'Deployment' }, app: `${model.app.value}${PRIMARY}` });
  renderAccess(scope, context);
  renderMetrics(scope, context);
  const canary = writeControllerObject(scope, model, { id: 'Canary', apiVersion: API_VERSION, kind: 'Canary', name: model.root.name, manifest: () => canaryManifest(context) });
  canary.addDependency(deployment);
  return deployment;
}

function canaryManifest(context: FlaggerContext): { readonly spec?: unknown } {
  const { model, props, routing } = context;
  const { name } = model.root;
  const ingress = ingressOf(context);
  return Canary.manifest({
    spec: {
      provider: routing?.provider ?? CanarySpecProvider.KUBERNETES,
      targetRef: { apiVersion: 'apps/v1', kind: CanarySpecTargetRefKind.DEPLOYMENT, name },
      ingressRef: ingress === undefined ? undefined : { apiVersion: 'networking.k8s.io/v1', kind: CanarySpecIngressRefKind.INGRESS, name: ingress },
      autoscalerRef: model.versions[0].autoscaling && { apiVersion: 'autoscaling/v2', kind: CanarySpecAutoscalerRefKind.HORIZONTAL_POD_AUTOSCALER, name },
      progressDeadlineSeconds: props.progressDeadline?.toSeconds(),
      service: serviceBlock(context),
      analysis: analysis(context),
    },
  });
}

/** The Ingress that is split: one that is declared elsewhere, or that of an exposure. */
function ingressOf({ props, routing, service: { outside } }: FlaggerContext): string | undefined {
  if (routing?.provider !== CanarySpecProvider.NGINX) return undefined;
  return props.ingress ?? writtenOutside(outside).find(({ kind }) => kind === 'Ingress')?.name;
}

function serviceBlock({ model, routing, service: { surroundings, outside } }: FlaggerContext): CanarySpecService {
  const [port] = model.ports;
  const rule = model.rules[model.rules.length - 1];
  return {
    port: port.number,
    portName: port.name,
    appProtocol: surroundings.appProtocol(port),
    targetPort: port.targetPort,
    ...routing?.service(model, rule, outside),
  };
}
