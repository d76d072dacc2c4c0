import { CanaryServiceProps, Protocol, Rollout } from 'cdk8s-canary';

/** Both versions run from the start; in the second stage v2 gets connections. */
const rollout = Rollout.stages([
  { name: 'all-v1', weights: { v1: 100 }, deploy: ['v2'] },
  { name: '20-v2', weights: { v1: 80, v2: 20 } },
]);

/** Namespace of the service. */
export const namespace = 'istio-io-tcp-traffic-shifting';

/** The service, whatever the mesh. */
export const tcpEcho: CanaryServiceProps = {
  ports: [
    { port: 9000, protocol: Protocol.TCP, name: 'tcp' },
    { port: 9001, protocol: Protocol.TCP, name: 'tcp-other' },
  ],
  versions: [
    { name: 'v1', image: 'docker.io/istio/tcp-echo-server:1.3', args: ['9000,9001', 'one'] },
    { name: 'v2', image: 'docker.io/istio/tcp-echo-server:1.3', args: ['9000,9001', 'two'] },
  ],
  rollout,
  stage: process.env.CANARY_STAGE ?? 'all-v1',
};
