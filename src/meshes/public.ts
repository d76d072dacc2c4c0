// What each mesh's folder shows to users, a line each.
export { InjectionMode, IstioApiVersion, IstioGateway, IstioGatewayProps, IstioOptions, PeerAuthenticationMode } from './istio/public';
