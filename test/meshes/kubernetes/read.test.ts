import { RequestSource, Traffic } from '../../../src';
import { answers, meshed, read, services } from '../read-world';

const NAMESPACES = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: blue } }
---
apiVersion: v1
kind: Namespace
metadata: { name: desk, labels: { team: red } }
`;
const WORLD = [NAMESPACES, services('shop', 'web')];

const POLICY = (spec: string, name = 'limit', namespace = 'shop') => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const FROM = (peer: string, ports = '') => POLICY(`{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [${peer}]${ports} }] }`);
const WEB = { web: '1' };
const CLOSED = { closed: '1' };

const plain = (namespace: string, labels: Record<string, string> = {}) => RequestSource.plain({ namespace, labels });
const ask = (documents: readonly string[], from = plain('desk')) => read({}, ...WORLD, ...documents).decide({ host: 'web.shop', port: 80, from });

// https://kubernetes.io/docs/concepts/services-networking/network-policies/, and the comments of networking/v1 in
// https://github.com/kubernetes/api/blob/v0.33.0/networking/v1/types.go.
test.each([
  { what: 'without one everybody calls', documents: [], gets: WEB },
  { what: 'one without rules lets nobody in', documents: [POLICY('{ podSelector: {} }')], gets: CLOSED },
  { what: 'one without rules lets nobody in, and says so itself', documents: [POLICY('{ podSelector: {}, policyTypes: [Ingress] }')], gets: CLOSED },
  { what: 'an empty rule lets everybody in', documents: [POLICY('{ podSelector: {}, ingress: [{}] }')], gets: WEB },
  { what: 'an empty list of peers lets everybody in', documents: [POLICY('{ podSelector: {}, ingress: [{ from: [] }] }')], gets: WEB },
  { what: 'one for other pods holds for none of these', documents: [POLICY('{ podSelector: { matchLabels: { app: db } } }')], gets: WEB },
  { what: 'one in another namespace holds for none of these', documents: [POLICY('{ podSelector: {} }', 'limit', 'desk')], gets: WEB },
  { what: 'one for what leaves does not close what arrives', documents: [POLICY('{ podSelector: {}, policyTypes: [Egress] }')], gets: WEB },
  { what: 'several add up', documents: [POLICY('{ podSelector: {} }', 'deny'), FROM('{ namespaceSelector: { matchLabels: { team: red } } }')], gets: WEB },
  { what: 'a namespace by its label', documents: [FROM('{ namespaceSelector: { matchLabels: { team: red } } }')], gets: WEB },
  { what: 'a namespace by another label', documents: [FROM('{ namespaceSelector: { matchLabels: { team: blue } } }')], gets: CLOSED },
  { what: 'a namespace by the label that Kubernetes puts there', documents: [FROM('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: desk } } }')], gets: WEB },
  { what: 'a namespace by an expression', documents: [FROM('{ namespaceSelector: { matchExpressions: [{ key: team, operator: NotIn, values: [blue] }] } }')], gets: WEB },
  { what: 'every namespace', documents: [FROM('{ namespaceSelector: {} }')], gets: WEB },
  { what: 'pods alone are those beside the policy', documents: [FROM('{ podSelector: {} }')], gets: CLOSED },
  { what: 'pods of a namespace need both', documents: [FROM('{ namespaceSelector: {}, podSelector: { matchLabels: { role: till } } }')], gets: CLOSED },
  { what: 'one of several peers is enough', documents: [FROM('{ podSelector: {} }, { namespaceSelector: {} }')], gets: WEB },
  { what: 'a port of the pods', documents: [FROM('{ namespaceSelector: {} }', ', ports: [{ port: 8080 }]')], gets: WEB },
  { what: 'the port of the Service is not that of the pods', documents: [FROM('{ namespaceSelector: {} }', ', ports: [{ port: 80 }]')], gets: CLOSED },
  { what: 'a range of ports', documents: [FROM('{ namespaceSelector: {} }', ', ports: [{ port: 8000, endPort: 8090 }]')], gets: WEB },
  { what: 'another protocol', documents: [FROM('{ namespaceSelector: {} }', ', ports: [{ protocol: UDP, port: 8080 }]')], gets: CLOSED },
  { what: 'a name that no container has', documents: [FROM('{ namespaceSelector: {} }', ', ports: [{ port: http }]')], gets: CLOSED },
  { what: 'every address', documents: [FROM('{ ipBlock: { cidr: 0.0.0.0/0 } }')], gets: WEB },
])('NetworkPolicies: $what', ({ documents, gets }) => {
  const decision = ask(documents);
  expect([answers(decision), decision.doubts]).toEqual([gets, []]);
});

test.each([
  { what: 'a plain pod beside the policy', from: plain('shop'), gets: WEB },
  { what: 'a pod of a mesh beside the policy', from: meshed('shop'), gets: WEB },
  { what: 'a pod of a mesh elsewhere', from: meshed('desk'), gets: CLOSED },
  { what: 'a pod with the label, of any namespace', peer: '{ namespaceSelector: {}, podSelector: { matchLabels: { role: till } } }', from: plain('desk', { role: 'till' }), gets: WEB },
])('who calls: $what', ({ peer = '{ podSelector: {} }', from, gets }) => {
  expect(answers(ask([FROM(peer)], from))).toEqual(gets);
});

test('who is not let in is told which policy it is', () => {
  const [{ reason }] = ask([FROM('{ podSelector: {} }')]).outcomes;
  expect(reason).toBe('NetworkPolicy shop/limit lets nobody like the client in on port 8080');
});

test.each([
  { what: 'nothing but names', egress: '[]', gets: CLOSED },
  { what: 'the pods by their labels', egress: '[{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }] }]', gets: WEB },
  { what: 'other pods', egress: '[{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: db } } }] }]', gets: CLOSED },
])('a client that may call $what', ({ egress, gets }) => {
  const documents = [POLICY(`{ podSelector: { matchLabels: { role: till } }, policyTypes: [Egress], egress: ${egress} }`, 'out', 'desk')];
  expect(answers(ask(documents, plain('desk', { role: 'till' })))).toEqual(gets);
  expect(answers(ask(documents, plain('desk', { role: 'clerk' })))).toEqual(WEB);
});

test.each([
  { what: 'an address', peer: '{ ipBlock: { cidr: 10.0.0.0/8 } }', from: plain('desk') },
  { what: 'a label of a namespace that is not among the manifests', peer: '{ namespaceSelector: { matchLabels: { team: red } } }', from: plain('elsewhere') },
])('what the manifests do not say is doubted: $what', ({ peer, from }) => {
  const decision = ask([FROM(peer)], from);
  expect([answers(decision), decision.doubts]).toEqual([WEB, [expect.stringContaining('NetworkPolicy shop/limit')]]);
});

// https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments
test.each([
  { stage: 'rolling', gets: { stable: '1' } },
  { stage: 'stable', gets: { stable: '1' } },
  { stage: 'grow-canary', gets: { stable: '3/4', canary: '1/4' } },
  { stage: 'canary', gets: { stable: '2/3', canary: '1/3' } },
  { stage: 'grow-promoted', gets: { stable: '2/5', canary: '3/5' } },
  { stage: 'promoted', gets: { canary: '1' } },
  { stage: 'restored', gets: { stable: '1/2', canary: '1/2' } },
  { stage: 'undone', gets: { stable: '1' } },
])('micro-api at $stage', ({ stage, gets }) => {
  const traffic = Traffic.fromFiles(['workloads', stage].map((name) => `${__dirname}/../../cases/micro-api/kubernetes/${name}.yaml`));
  const decision = traffic.decide({ host: 'micro-api', port: 19090, from: RequestSource.plain() });
  expect([traffic.mesh, answers(decision), decision.doubts]).toEqual(['', gets, []]);
});
