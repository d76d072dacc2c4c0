import { IConstruct } from 'constructs';
import { Exposure, RoutingModel } from '../../model/routing-model';

export interface BoundExposure {
  readonly model: RoutingModel;
  readonly exposure: Exposure;
}

const exposures = new WeakMap<IConstruct, Map<string, BoundExposure[]>>();

/** The list of everything that an app exposes on Ingresses of a class, by whichever construct: one controller serves them all. */
export function exposuresOf(construct: IConstruct, ingressClassName = ''): BoundExposure[] {
  const app = construct.node.root;
  const ofApp = exposures.get(app) ?? new Map<string, BoundExposure[]>();
  exposures.set(app, ofApp);
  const list = ofApp.get(ingressClassName) ?? [];
  ofApp.set(ingressClassName, list);
  return list;
}

/** Those that stand before another one in the list. */
export function earlierThan({ exposure }: BoundExposure, all: readonly BoundExposure[]): readonly BoundExposure[] {
  return all.slice(0, Math.max(all.findIndex((bound) => bound.exposure === exposure), 0));
}
