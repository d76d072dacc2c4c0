import { fromText } from '../../src/manifests/load';
import { guideOf } from '../../src/report/guide/guide';

const deployment = (name: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }`;

const autoscaler = (name: string, minReplicas: number) => `
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name}, namespace: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }, minReplicas: ${minReplicas}, maxReplicas: 9 }`;

const route = (version: string) => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { rules: [{ backendRefs: [{ name: ${version}, port: 80 }] }] }`;

const service = (name: string) => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }`;

function set(folder: string, manifests: string, nested = false) {
  return { folder, nested, objects: fromText(manifests, folder, '').objects };
}

const V1 = service('v1') + deployment('v1') + autoscaler('v1', 1);
const V2 = service('v2') + deployment('v2') + autoscaler('v2', 3);

const GUIDE = guideOf([
  { ...set('00-stable', V1 + route('v1')), gates: [], back: [] },
  { ...set('01-deploy', V1 + V2 + route('v1')), gates: ['all is well'], back: [{ ...set('rollback/01-deploy/00-stable', V1 + route('v1')), returned: true }] },
  {
    ...set('02-all', V2 + route('v2'), true),
    gates: [],
    back: [
      { ...set('rollback/02-all/00-restore', V1 + V2 + route('v2')), returned: false },
      { ...set('rollback/02-all/01-back', V1 + V2 + route('v1')), returned: true },
    ],
  },
], ['Deployment shop/old']);

/** What is to be run below a heading, block by block. */
function blocks(heading: string): string[] {
  const section = GUIDE.split(/^### /m).find((one) => one.startsWith(`${heading}\n`))!;
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
}

test('the table comes first, and leads to the rest', () => {
  expect(GUIDE.split('\n').filter((line) => line.startsWith('|'))).toStrictEqual([
    '| stage | objects | before the next one | way back |',
    '|---|---|---|---|',
    '| [00-stable](#00-stable) | 4 objects |  |  |',
    '| [01-deploy](#01-deploy) | 3 new | all is well | [00-stable](#back-from-01-deploy) |',
    '| [02-all](#02-all) | 1 changed, 3 gone |  | [00-restore, 01-back](#back-from-02-all) |',
  ]);
});

// `kubectl rollout status` is content with the one pod that a Deployment without a number has until its autoscaler acts.
test('a set is applied, then waited for: workloads that are new or changed, and the minimum of autoscalers', () => {
  expect(blocks('01-deploy')).toStrictEqual([`kubectl apply -f 01-deploy &&
kubectl rollout status deployment/v2 -n shop --timeout=10m &&
until n=$(kubectl get deployment/v2 -n shop -o jsonpath='{.status.readyReplicas}'); [ "\${n:-0}" -ge 3 ]; do sleep 5; done
`]);
});

test('what is gone is deleted last, users before what they use, with the group that tells kinds of one name apart', () => {
  expect(blocks('02-all')).toStrictEqual([`kubectl apply -R -f 02-all &&
kubectl delete -n shop --ignore-not-found horizontalpodautoscaler.autoscaling/v1 deployment/v1 service/v1
`]);
});

test('a way back has a block for each set, and says when the traffic is back', () => {
  expect(blocks('Back from 02-all')).toStrictEqual([
    'kubectl apply -f rollback/02-all/00-restore &&\nkubectl rollout status deployment/v1 -n shop --timeout=10m\n',
    'kubectl apply -f rollback/02-all/01-back\n# from here on all traffic goes where the first stage sends it\n',
  ]);
});

test('it says how to find out the stage, and what is left for a person', () => {
  expect(GUIDE).toContain('kubectl get -f 00-stable -f 01-deploy --ignore-not-found -o yaml | npx canary plan . --deployed -\n');
  expect(GUIDE).toContain('Deployment shop/old gets nothing any more. It is written elsewhere, so that no stage removes it: delete it there.\n');
});

test('without ways back it promises none', () => {
  expect(guideOf([{ ...set('00-a', V1), gates: [], back: [] }])).not.toMatch(/wrong|Ways back/);
});
