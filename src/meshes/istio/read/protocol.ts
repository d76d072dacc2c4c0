import { ServicePort } from '../../../manifests/service';

/** What Istio takes a port for. `sniffed`: it looks at the first bytes. */
export type PortProtocol = 'http' | 'tls' | 'tcp' | 'sniffed' | 'udp';

const PROTOCOLS: Readonly<Record<string, PortProtocol>> = {
  'grpc': 'http',
  'grpc-web': 'http',
  'http': 'http',
  'http2': 'http',
  'http_proxy': 'http',
  'https': 'tls',
  'mongo': 'tcp',
  'mysql': 'tcp',
  'redis': 'tcp',
  'tcp': 'tcp',
  'tls': 'tls',
  'udp': 'udp',
};

/** Names that only `appProtocol` may have. */
const OF_KUBERNETES: Readonly<Record<string, PortProtocol>> = { 'kubernetes.io/h2c': 'http', 'kubernetes.io/ws': 'http', 'kubernetes.io/wss': 'tls' };

/** SMTP, DNS, MySQL and MongoDB: the server speaks first, so that looking at the client's bytes would hang. */
const SERVER_FIRST = [25, 53, 3306, 27017];

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/protocol/instance.go Parse */
export function protocolNamed(name: string): PortProtocol | undefined {
  const word = name.toLowerCase();
  return Object.hasOwn(PROTOCOLS, word) ? PROTOCOLS[word] : undefined;
}

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/kube/conversion.go ConvertProtocol */
export function servicePortProtocol(port: ServicePort): PortProtocol {
  if (port.transport === 'UDP') return 'udp';
  if (port.appProtocol !== undefined && Object.hasOwn(OF_KUBERNETES, port.appProtocol)) return OF_KUBERNETES[port.appProtocol];
  const name = port.appProtocol ?? port.name ?? '';
  if (/^grpc-web/i.test(name)) return 'http';
  return protocolNamed(name.split('-')[0]) ?? (SERVER_FIRST.includes(port.number) ? 'tcp' : 'sniffed');
}
