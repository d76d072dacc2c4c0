import { expose } from './service';
import { NginxIngressGateway } from 'cdk8s-canary';

expose((chart) => new NginxIngressGateway(chart, 'edge', { tls: [{ secretName: 'shop-tls' }] }), true);
