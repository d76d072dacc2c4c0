import { Construct } from 'constructs';
import { meshHttpRoute, meshTimeout } from './http-route';
import { KumaKind, typeOf } from './kinds';
import { planPort } from './route-plan';
import { meshTcpRoute } from './stream-route';
import { meshCircuitBreaker, meshLoadBalancingStrategy } from './traffic-policy';
import { carriesHttp, hasRules } from '../../model/protocols';
import { Port, RoutingModel } from '../../model/routing-model';
import { writeObject } from '../mesh-objects';

type Write = (kind: KumaKind, manifest: () => { readonly spec: unknown }) => void;

export function render(scope: Construct, model: RoutingModel, meshLabel: Readonly<Record<string, string>>): void {
  const write: Write = (kind, manifest) => {
    writeObject(scope, { ...typeOf(kind), name: model.root.name, namespace: model.namespace, labels: { ...model.labels, ...meshLabel }, manifest });
  };
  const { loadBalancing, outlierDetection } = model.trafficPolicy ?? {};
  if (loadBalancing) write('MeshLoadBalancingStrategy', () => meshLoadBalancingStrategy(model, loadBalancing));
  if (outlierDetection) write('MeshCircuitBreaker', () => meshCircuitBreaker(model, outlierDetection));
  if (hasRules(model)) renderRoutes(model, write);
}

/** One route for requests and one for connections. Without rules there is none, and the root is a Service like any other. */
function renderRoutes(model: RoutingModel, write: Write): void {
  const plans = (ports: readonly Port[]) => ports.map((port) => planPort(model, port));
  const requests = model.ports.filter(({ protocol }) => carriesHttp(protocol));
  const connections = model.ports.filter(({ protocol }) => !carriesHttp(protocol));
  if (requests.length > 0) {
    write('MeshTimeout', () => meshTimeout(model));
    write('MeshHTTPRoute', () => meshHttpRoute(model, plans(requests)));
  }
  if (connections.length > 0) write('MeshTCPRoute', () => meshTcpRoute(model, plans(connections)));
}
