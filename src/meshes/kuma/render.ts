import { Construct } from 'constructs';
import { KumaKind, typeOf } from './kinds';
import { planPort } from './port-plan';
import { meshHttpRoute, meshTcpRoute, meshTimeout } from './routes';
import { carriesHttp, hasRules } from '../../model/protocols';
import { Port, RoutingModel } from '../../model/routing-model';
import { writeObject } from '../mesh-objects';

/** One route for requests and one for connections. Without rules there is none, and the root is a Service like any other. */
export function render(scope: Construct, model: RoutingModel, meshLabel: Readonly<Record<string, string>>): void {
  if (!hasRules(model)) return;
  const plans = (ports: readonly Port[]) => ports.map((port) => planPort(model, port));
  const write = (kind: KumaKind, manifest: () => { readonly spec: unknown }) =>
    writeObject(scope, { ...typeOf(kind), name: model.root.name, namespace: model.namespace, labels: { ...model.labels, ...meshLabel }, manifest });
  const requests = model.ports.filter(({ protocol }) => carriesHttp(protocol));
  const connections = model.ports.filter(({ protocol }) => !carriesHttp(protocol));
  if (requests.length > 0) {
    write('MeshTimeout', () => meshTimeout(model));
    write('MeshHTTPRoute', () => meshHttpRoute(model, plans(requests)));
  }
  if (connections.length > 0) write('MeshTCPRoute', () => meshTcpRoute(model, plans(connections)));
}
