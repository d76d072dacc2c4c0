import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { RoutingModel } from '../model/routing-model';

export interface ControllerObject {
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Of the manifest just the spec is used; read at synthesis, when all checks have passed. */
  readonly manifest: () => { readonly spec?: unknown };
}

/** Writes an object of a controller, in the namespace of the service and with its labels. */
export function writeControllerObject(scope: Construct, model: RoutingModel, { id, apiVersion, kind, name, manifest }: ControllerObject): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion,
    kind,
    metadata: { name, namespace: model.namespace, labels: { ...model.labels } },
    spec: Lazy.any({ produce: () => manifest().spec }),
  });
}
