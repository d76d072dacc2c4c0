import { ApiObject } from 'cdk8s';
import { ExposeViaGatewayOptions } from '../declaration/exposure';
import { Gateway } from '../declaration/gateway';
import { Finding } from '../model/finding';
import { Exposure } from '../model/routing-model';

/** A way in from outside to a service that a controller looks after. */
export interface Outside {
  readonly exposure: Exposure;
  readonly gateway: Gateway;
  readonly options: ExposeViaGatewayOptions;
  readonly findings: readonly Finding[];
  /** What the gateway writes for it, or would write if the controller did not. */
  readonly written: readonly ApiObject[];
}

/** What gateways write for the exposures of a service. */
export function writtenOutside(outside: readonly Outside[]): ApiObject[] {
  return outside.flatMap(({ written }) => written);
}
