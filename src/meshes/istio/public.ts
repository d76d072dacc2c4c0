export { IstioGateway, IstioGatewayProps } from './gateway';
export { InjectionMode } from './injection';
export { IstioApiVersion, IstioOptions, PeerAuthenticationMode } from './options';
