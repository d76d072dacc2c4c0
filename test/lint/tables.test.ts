import { Lint, Traffic } from '../../src';

const MANIFESTS = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: nobody }, ports: [{ port: 80, targetPort: 8080, appProtocol: http }] }
---
apiVersion: v1
kind: Service
metadata: { name: web-v1, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080, appProtocol: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, ports: [{ containerPort: 8080 }] }] } }
---
apiVersion: kuma.io/v1alpha1
kind: MeshHTTPRoute
metadata: { name: web, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Mesh }
  to:
    - targetRef: { kind: MeshService, name: web, namespace: shop, sectionName: "80" }
      rules:
        - matches: [{ path: { type: PathPrefix, value: PREFIX } }]
          default: { backendRefs: [{ kind: MeshService, name: web-v1, namespace: shop, port: 80, weight: 1 }] }
`;

const codes = (prefix: string) => Lint.check(Traffic.fromYaml(MANIFESTS.replace('PREFIX', prefix))).map(({ severity, code }) => `${severity} ${code}`);

test('what a mesh adds behind a rule for everything takes nothing, and is no reason for an error', () => {
  expect(codes('/')).toEqual(['info root-without-pods']);
});

test('where some requests are left to it, it is', () => {
  expect(codes('/v1')).toContain('error backend-without-pods');
});
