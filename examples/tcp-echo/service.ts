import { CanaryServiceProps, Protocol } from 'cdk8s-canary';

const stages: Record<string, { [version: string]: number }> = {
  'all-v1': { v1: 100 },
  '20-v2': { v1: 80, v2: 20 },
};

const stage = process.env.STAGE ?? 'all-v1';
if (!stages[stage]) throw new Error(`no stage "${stage}", there are ${Object.keys(stages).join(', ')}`);

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
  weights: stages[stage],
};
