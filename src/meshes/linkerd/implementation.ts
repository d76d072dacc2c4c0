import { typeOf } from './kinds';
import { routeAnnotations } from './route-annotations';
import { Implementation, implementationOf } from '../gateway-api/implementation';
import { routeKind } from '../gateway-api/kinds';
import { GatewayApiImplementation } from '../gateway-api/options';

/** The kinds that `policy.linkerd.io` has, whose forms are those of an early Gateway API. @see https://linkerd.io/2/reference/httproute/ */
export function policyRoutes(): Implementation {
  return {
    ...gatewayApiRoutes(),
    name: 'policy.linkerd.io',
    meshKinds: ['HTTPRoute'],
    // There is no GRPCRoute: to an HTTPRoute a call is a request to the path of its method.
    kindOf: (port) => (port.protocol === 'GRPC' ? 'HTTPRoute' : routeKind(port)),
    httpRouteVersion: typeOf('HTTPRoute').apiVersion,
    limits: { rules: 16, matches: 8, allMatches: 128, backendRefs: 16, ruleNames: false, redirectCodes: [301, 302] },
  };
}

/** Routes of the Gateway API as Linkerd follows them, with what it reads from their annotations. */
export function gatewayApiRoutes(): Implementation {
  const linkerd = implementationOf(GatewayApiImplementation.LINKERD);
  return { ...linkerd, features: [...linkerd.features, 'HTTPRouteRetry'], objectSettings: routeAnnotations, grpcTimeout: true };
}
