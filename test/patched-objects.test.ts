import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { CanaryService, Lint, Mesh } from '../src';

function shop() {
  const app = new App({ outdir: '/nonexistent' });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const service = new CanaryService(chart, 'web', {
    mesh: Mesh.istio(),
    ports: [{ port: 80, targetPort: 8080 }],
    versions: [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }],
    weights: { v1: 90, v2: 10 },
  });
  return { app, chart, service };
}

test('a patch that breaks a selector fails the synthesis and names both objects', () => {
  const { app, service } = shop();
  ApiObject.of(service.root).addJsonPatch(JsonPatch.replace('/spec/selector', { app: 'wbe' }));
  expect(() => app.synthYaml()).toThrow(/\[shop\/web\] selector-without-pods at Service shop\/web .*: no pod carries app=wbe; those of Deployment shop\/web-v1 carry /);
});

test('a patch of the pods is found at the Services that select them', () => {
  const { app, service } = shop();
  ApiObject.of(service.version('v2').deployment).addJsonPatch(JsonPatch.replace('/spec/template/metadata/labels/version', 'v3'));
  expect(() => app.synthYaml()).toThrow(/selector-without-pods at Service shop\/web-v2/);
  expect(() => app.synthYaml()).toThrow(/selector-misses-template at Deployment shop\/web-v2/);
});

test('a patch that breaks nothing is no error', () => {
  const { app, service } = shop();
  ApiObject.of(service.root).addJsonPatch(JsonPatch.add('/metadata/annotations', { team: 'web' }));
  expect(app.synthYaml()).toContain('team: web');
});

test('Lint.addTo looks at every object below its scope, and waivers with a reason hold', () => {
  const { app, chart } = shop();
  const other = new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'other' }, spec: { selector: { app: 'nobody' }, ports: [{ port: 80 }] } });
  Lint.addTo(app);
  expect(() => app.synthYaml()).toThrow(/selector-without-pods at Service shop\/other \(shop\/other\)/);
  other.metadata.addAnnotation('lint.cdk8s-canary/selector-without-pods', 'off: its pods come from another repository');
  expect(app.synthYaml()).toContain('its pods come from another repository');
});

test('a severity that does not exist is refused with the nearest one', () => {
  expect(() => Lint.check({} as never, { severities: { 'field-type': 'waring' } })).toThrow('"waring" for field-type is no severity; did you mean "warning"?');
});
