import { Capability } from '../../model/capabilities';
import { INGRESS_CAPABILITIES } from '../plain-ingress/capabilities';

/**
 * Beside what every Ingress can do, a canary Ingress sends requests with a header or a cookie to a second Service, and a share of the others.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 */
export const INGRESS_NGINX_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  ...INGRESS_CAPABILITIES, 'HTTPRouteHeaderMatching', 'HTTPRouteHeaderRegexMatching',
]);
