import { parse, parseAllDocuments } from 'yaml';
import { Answer, decide, Request } from './istio-interpreter';
import { Manifest } from './manifests';

const WORLD = parseAllDocuments(`
{ kind: Service, metadata: { name: web, namespace: shop }, spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: http-admin, port: 81, targetPort: 8080 }] } }
---
{ kind: Deployment, metadata: { name: web-v1, namespace: shop }, spec: { template: { metadata: { labels: { app: web, version: v1 } }, spec: { containers: [{ ports: [{ containerPort: 8080 }] }] } } } }
---
{ kind: Deployment, metadata: { name: web-v2, namespace: shop }, spec: { replicas: 3, template: { metadata: { labels: { app: web, version: v2 } }, spec: { containers: [{ ports: [{ containerPort: 8080 }] }] } } } }
---
{ kind: Deployment, metadata: { name: web-v3, namespace: shop }, spec: { replicas: 0, template: { metadata: { labels: { app: web, version: v3 } }, spec: { containers: [{ ports: [{ containerPort: 8080 }] }] } } } }
---
{ kind: DestinationRule, metadata: { name: web, namespace: shop }, spec: { host: web, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }, { name: v3, labels: { version: v3 } }] } }
`).map((document) => document.toJS() as Manifest);

const V1 = 'route: [{ destination: { host: web, subset: v1 } }]';
const V2 = 'route: [{ destination: { host: web, subset: v2 } }]';

describe('the interpreter', () => {
  test.each<[sentence: string, http: string, request: Partial<Request>, answer: Answer]>([
    ['the first rule that matches wins, not the longest', `[{ match: [{ uri: { prefix: / } }], ${V1} }, { match: [{ uri: { exact: /a } }], ${V2} }]`, { path: '/a' }, { shares: { 'web-v1': 1 } }],
    ['a prefix is one of the string', `[{ match: [{ uri: { prefix: /static } }], ${V1} }]`, { path: '/staticx' }, { shares: { 'web-v1': 1 } }],
    ['a regular expression has to take in the whole path', `[{ match: [{ uri: { regex: '/[0-9]+' } }], ${V1} }]`, { path: '/12x' }, { shares: { 404: 1 } }],
    ['a regular expression takes in the whole path', `[{ match: [{ uri: { regex: '/[0-9]+' } }], ${V1} }]`, { path: '/12' }, { shares: { 'web-v1': 1 } }],
    ['all conditions of a match have to hold', `[{ match: [{ uri: { exact: /a }, headers: { x: { exact: y } } }], ${V1} }]`, { path: '/a' }, { shares: { 404: 1 } }],
    ['one match of a rule is enough', `[{ match: [{ uri: { exact: /a } }, { headers: { x: { exact: y } } }], ${V1} }]`, { headers: { X: 'y' } }, { shares: { 'web-v1': 1 } }],
    ['an empty condition asks that the header is there', `[{ match: [{ headers: { x: {} } }], ${V1} }, { ${V2} }]`, { headers: { x: '' } }, { shares: { 'web-v1': 1 } }],
    ['an empty condition does not hold without the header', `[{ match: [{ headers: { x: {} } }], ${V1} }, { ${V2} }]`, {}, { shares: { 'web-v2': 1 } }],
    ['nothing that matches is a 404', `[{ match: [{ uri: { exact: /a } }], ${V1} }]`, {}, { shares: { 404: 1 } }],
    ['rules for another port alone leave the Service to Kubernetes', `[{ match: [{ port: 81 }], ${V1} }]`, {}, { shares: { 'web-v1': 0.25, 'web-v2': 0.75 } }],
    ['a lone destination gets all, even with weight 0', '[{ route: [{ destination: { host: web, subset: v2 }, weight: 0 }] }]', {}, { shares: { 'web-v2': 1 } }],
    ['weights are parts of their sum', '[{ route: [{ destination: { host: web, subset: v1 }, weight: 1 }, { destination: { host: web, subset: v2 }, weight: 3 }] }]', {}, { shares: { 'web-v1': 0.25, 'web-v2': 0.75 } }],
    ['a weight of 0 gets nothing', '[{ route: [{ destination: { host: web, subset: v1 }, weight: 0 }, { destination: { host: web, subset: v2 }, weight: 1 }] }]', {}, { shares: { 'web-v2': 1 } }],
    ['a host without a subset is all pods', '[{ route: [{ destination: { host: web } }] }]', {}, { shares: { 'web-v1': 0.25, 'web-v2': 0.75 } }],
    ['a subset that nobody declared is a 503', '[{ route: [{ destination: { host: web, subset: v4 } }] }]', {}, { shares: { 503: 1 } }],
    ['a subset without pods is a 503', '[{ route: [{ destination: { host: web, subset: v3 } }] }]', {}, { shares: { 503: 1 } }],
    ['a short name with a dot is no host', '[{ route: [{ destination: { host: web.shop, subset: v1 } }] }]', {}, { shares: { 503: 1 } }],
    ['a delay without a percentage delays nobody', `[{ fault: { delay: { fixedDelay: 7s } }, ${V1} }]`, {}, { shares: { 'web-v1': 1 } }],
    ['a delay hits its percentage', `[{ fault: { delay: { fixedDelay: 7s, percentage: { value: 5 } } }, ${V1} }]`, {}, { shares: { 'web-v1': 1 }, delay: { fixedDelay: '7s', percent: 5 } }],
  ])('%s', (_, http, request, answer) => {
    expect(decide([...WORLD, virtualService({ hosts: ['web'], http: parse(http) })], { from: 'mesh', host: 'web', port: 80, ...request })).toStrictEqual(answer);
  });

  test('rules bound to a gateway alone do not reach the mesh', () => {
    const bound = virtualService({ hosts: ['web'], gateways: ['edge'], http: parse(`[{ ${V1} }]`) });

    expect(decide([...WORLD, bound], { from: 'mesh', host: 'web', port: 80 })).toStrictEqual({ shares: { 'web-v1': 0.25, 'web-v2': 0.75 } });
  });

  test.each([
    ['a condition that it does not know', `[{ match: [{ method: { exact: GET } }], ${V1} }]`, 'the interpreter does not know method, only uri, headers, port'],
    ['a setting that it does not know', `[{ ${V1}, rewrite: { uri: / } }]`, 'the interpreter does not know rewrite, only name, match, route, fault, retries, namespace'],
  ])('fails on %s', (_, http, message) => {
    const world = [...WORLD, virtualService({ hosts: ['web'], http: parse(http) })];

    expect(() => decide(world, { from: 'mesh', host: 'web', port: 80 })).toThrow(message);
  });
});

function virtualService(spec: object): Manifest {
  return { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'web', namespace: 'shop' }, spec };
}
