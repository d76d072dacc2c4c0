import { expose } from './service';
import { IngressGateway } from 'cdk8s-canary';

expose((chart) => new IngressGateway(chart, 'edge', { ingressClassName: 'traefik', tls: [{ secretName: 'shop-tls' }] }), false);
