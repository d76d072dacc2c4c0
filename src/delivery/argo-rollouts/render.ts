import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { blueGreen, previewName } from './blue-green';
import { ArgoContext } from './context';
import { API_VERSION } from './kinds';
import { renderMetrics } from './metrics';
import { ArgoSplitLevel } from './options';
import { STABLE } from './roles';
import { managedRoutes, steps } from './steps';
import { ROUTES, writtenFor } from './written';
import { Rollout, RolloutSpecStrategyCanary, RolloutSpecStrategyCanaryMaxSurge as MaxSurge, RolloutSpecStrategyCanaryMaxUnavailable as MaxUnavailable } from '../../../imports/argoproj.io';
import { Report } from '../../model/report';
import { RoutingModel } from '../../model/routing-model';
import { renderService } from '../../workload/service';
import { renderAround } from '../around';
import { isBehindRoot } from '../choose-routing';
import { DeploymentSpec, renderAccounts, renderConfigMaps, templateOf } from '../pods';
import { writeControllerObject } from '../write';

/** What others build on. */
interface Rendered {
  readonly root: kplus.Service;
  readonly rollout: ApiObject;
}

/** Accounts, configuration, Services and routes, then the Rollout that changes them. */
export function render(scope: Construct, context: ArgoContext, report: Report): Rendered {
  const { service, model, target, routing, props } = context;
  const accounts = renderAccounts(scope, service, model);
  renderConfigMaps(scope, service, model);
  const template = templateOf({ service, model: target, accounts }, report);
  const root = renderServices(scope, context);
  const routes = new Construct(scope, ROUTES);
  if (routing?.routes) service.driver?.render(routes, model);
  renderAround(scope, target, { target: { apiVersion: API_VERSION, kind: 'Rollout' }, app: target.app.value });
  renderMetrics(scope, context);
  const rollout = writeControllerObject(scope, model, {
    id: 'Resource',
    apiVersion: API_VERSION,
    kind: 'Rollout',
    name: model.root.name,
    manifest: () => {
      const { selector, template: pods, minReadySeconds, progressDeadlineSeconds, strategy } = template();
      const [version] = target.versions;
      return Rollout.manifest({
        spec: {
          replicas: version.autoscaling ? undefined : service.pods ?? version.replicas,
          revisionHistoryLimit: props.revisionHistoryLimit,
          minReadySeconds,
          progressDeadlineSeconds,
          selector,
          template: pods,
          strategy: isBlueGreen(context) ? { blueGreen: blueGreen(context) } : { canary: { ...canary(scope, context), ...surge(strategy) } },
        },
      });
    },
  });
  rollout.node.addDependency(routes);
  return { root, rollout };
}

function canary(scope: Construct, { service, model, routing }: ArgoContext): RolloutSpecStrategyCanary {
  const managed = managedRoutes(service);
  const { trafficRouting, ...services } = routing?.strategy(model, writtenFor(scope, service), managed) ?? {};
  const { capacity } = service;
  const proportional = capacity.kind === 'proportional' && routing?.weights;
  return {
    ...services,
    trafficRouting: trafficRouting && { ...(managed.length > 0 && { managedRoutes: managed.map((name) => ({ name })) }), ...trafficRouting },
    dynamicStableScale: proportional ? true : undefined,
    minPodsPerReplicaSet: proportional && capacity.warm > 1 ? capacity.warm : undefined,
    steps: steps(service, model),
  };
}

/** Where no route has weights, what goes over at once does so by a selector. */
function isBlueGreen({ service }: ArgoContext): boolean {
  return isBehindRoot(service) && service.rollout.by === 'weights';
}

function surge(strategy: DeploymentSpec['strategy']): Pick<RolloutSpecStrategyCanary, 'maxSurge' | 'maxUnavailable'> {
  const { maxSurge, maxUnavailable } = strategy?.rollingUpdate ?? {};
  return {
    maxSurge: maxSurge === undefined ? undefined : typeof maxSurge === 'number' ? MaxSurge.fromNumber(maxSurge) : MaxSurge.fromString(maxSurge),
    maxUnavailable: maxUnavailable === undefined ? undefined : typeof maxUnavailable === 'number' ? MaxUnavailable.fromNumber(maxUnavailable) : MaxUnavailable.fromString(maxUnavailable),
  };
}

/** The root, one for a look at the candidate before a switch, and those of the roles. */
function renderServices(scope: Construct, context: ArgoContext): kplus.Service {
  const { service: { driver, declaration }, model } = context;
  const { labels, annotations } = driver?.rootMetadata?.(model) ?? {};
  const root = renderService(scope, 'Root', {
    ...commonOf(context),
    name: model.root.name,
    ports: model.ports,
    labels: { ...model.labels, ...labels },
    annotations,
    type: declaration.serviceType ?? kplus.ServiceType.CLUSTER_IP,
  });
  if (isBlueGreen(context)) renderService(scope, 'Preview', { ...commonOf(context), name: previewName(model) });
  renderRoles(scope, context);
  return root;
}

/** A Service for each role where the controller tells them apart by Services. An exposure may be what makes it do so. */
export function renderRoles(scope: Construct, context: ArgoContext): kplus.Service[] {
  if (context.routing?.level !== ArgoSplitLevel.HOST || scope.node.tryFindChild('Stable')) return [];
  return context.model.versions.map(({ name, leaf }) => renderService(scope, name === STABLE ? 'Stable' : 'Canary', { ...commonOf(context), name: leaf }));
}

function commonOf({ service: { surroundings }, model }: ArgoContext) {
  return {
    namespace: model.namespace,
    ports: withoutNodePorts(model),
    appProtocol: surroundings.appProtocol,
    selector: { [model.app.key]: model.app.value },
    labels: { ...model.labels },
    type: kplus.ServiceType.CLUSTER_IP,
  };
}

function withoutNodePorts({ ports }: RoutingModel): RoutingModel['ports'] {
  return ports.map((port) => ({ ...port, nodePort: undefined }));
}
