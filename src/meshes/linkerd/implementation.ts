import { routeAnnotations } from './route-annotations';
import { Implementation, implementationOf } from '../gateway-api/implementation';
import { GatewayApiImplementation } from '../gateway-api/options';

/** Routes of the Gateway API as Linkerd follows them, with what it reads from their annotations. */
export function gatewayApiRoutes(): Implementation {
  const linkerd = implementationOf(GatewayApiImplementation.LINKERD);
  return { ...linkerd, features: [...linkerd.features, 'HTTPRouteRetry'], objectSettings: routeAnnotations, grpcTimeout: true };
}
