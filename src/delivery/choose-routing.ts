import { ApiObject } from 'cdk8s';
import { Controlled } from './controlled';
import { isSwitch } from './move';
import { routesOf } from './routes';
import { RoutingModel } from '../model/routing-model';

/** The ways of a controller to move traffic, by what there is to be changed. */
export interface Ways<R> {
  /** Numbers of pods, or a selector. */
  readonly pods: R;
  /** By the objects that a mesh reads. */
  readonly ofMesh: readonly ((written: readonly ApiObject[], model: RoutingModel) => R | undefined)[];
  /** By the system of a gateway, where no mesh splits any traffic. */
  readonly ofGateways: Readonly<Record<string, R>>;
  /** With an Ingress that is declared elsewhere. */
  readonly ofIngress: (ingress: string) => R;
}

/**
 * How a controller moves the traffic of a service: by what the mesh reads, or by the Ingress or the gateways that are to be split. Gateways may be
 * added later.
 *
 * @param model what the mesh would write for the service is read from
 */
export function chooseRouting<R>(service: Controlled, model: RoutingModel, { pods, ofMesh, ofGateways, ofIngress }: Ways<R>): () => R | undefined {
  const { driver, outside, props: { ingress } } = service;
  if (ingress !== undefined) return () => ofIngress(ingress);
  if (isBehindRoot(service)) return () => pods;
  if (driver?.replicas) return () => outside.map(({ exposure }) => ofGateways[exposure.gateway.system]).find((found) => found !== undefined) ?? pods;
  const written = routesOf(driver, model);
  const found = ofMesh.map((routing) => routing(written, model)).find((routing) => routing !== undefined);
  return () => found;
}

/** Whether one Service leads to the pods of both versions, as it does without a mesh or an Ingress that is split. */
export function isBehindRoot({ driver, rollout, moves, props: { ingress } }: Controlled): boolean {
  return driver?.replicas !== undefined && ingress === undefined && (rollout.by === 'pods' || isSwitch(moves));
}
