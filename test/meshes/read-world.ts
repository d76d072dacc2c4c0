import { Decision, MeshedSourceOptions, RequestSource, Traffic, TrafficOptions, TrafficRequest } from '../../src';

/** A Service and a Deployment of one version for each name: `v1` answers behind the Service `v1`. */
export function services(namespace: string, ...names: readonly string[]): string {
  return names.map((name) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { clusterIP: 10.0.0.1, selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name}, version: ${name} } }, spec: { serviceAccountName: ${name}, containers: [{ name: c, image: i }] } }
`).join('---');
}

export function service(namespace: string, name: string, selects: string, ports: string = '[{ name: http, port: 80, targetPort: 8080 }]'): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { clusterIP: 10.0.0.1, selector: { app: ${selects} }, ports: ${ports} }
`;
}

export function join(...documents: readonly string[]): string {
  return documents.join('\n---\n');
}

export function read(options: TrafficOptions, ...documents: readonly string[]): Traffic {
  return Traffic.fromYaml(join(...documents), options);
}

/** Who answers how often: `{ 'v1': '1/2', '500': '1/2' }`. */
export function answers(decision: Decision): Record<string, string> {
  const entries = decision.outcomes.map(({ exactShare, version, outside, status }) => [version ?? outside ?? status ?? '', exactShare]);
  return Object.fromEntries(entries) as Record<string, string>;
}

export function meshed(namespace: string, options: MeshedSourceOptions = {}): RequestSource {
  return RequestSource.meshed({ namespace, ...options });
}

/** `GET /path` or `/path`, as a request. */
export function call(text: string): Pick<TrafficRequest, 'method' | 'path'> {
  const [method, path] = text.includes(' ') ? text.split(' ') : ['GET', text];
  return { method, path };
}
