/*
 * Applies one set of a rollout: npx tsx pipeline/apply-stage.ts plan.json dist shop 02-weight-10
 *
 * The set has to follow the one that was applied last, which a ConfigMap remembers. What it no longer holds is deleted after its pods are ready.
 * Writes the name of the next set to the standard output, nothing after the last one.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What is needed here of `canary plan --format json`. */
interface PlannedSet {
  readonly name: string;
  readonly losses: readonly string[];
  readonly risks: readonly { readonly severity: string; readonly message: string }[];
  readonly loads: readonly { readonly workload: string }[];
  readonly changes: readonly Change[];
}

interface Change {
  readonly how: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

interface Plan {
  readonly stages: readonly (PlannedSet & { readonly back: readonly PlannedSet[] })[];
}

/** A set, and what it may follow. */
interface Step {
  readonly folder: string;
  readonly set: PlannedSet;
  readonly after: readonly string[];
  readonly next?: string;
}

const RECORD = 'canary-stage';
/** Recorded after the last stage, and after the last set of a way back: the next release, or another try, begins with the first stage. */
const DONE = 'done';

/** Stages follow each other; a way back begins at its stage. The first stage follows a finished release, or nothing. */
function stepsOf({ stages }: Plan): Step[] {
  const forward = stages.map((set, index) => ({
    folder: set.name, set, after: index === 0 ? ['', DONE] : [stages[index - 1].name], next: stages[index + 1]?.name,
  }));
  const backward = stages.flatMap(({ name, back }) => back.map((set, index) => {
    const folder = (at: number) => `rollback/${name}/${back[at].name}`;
    return { folder: folder(index), set, after: [index === 0 ? name : folder(index - 1)], next: back[index + 1] && folder(index + 1) };
  }));
  return [...forward, ...backward];
}

function kubectl(arguments_: readonly string[], input?: string): string {
  const { status, stdout, error } = spawnSync('kubectl', arguments_, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`kubectl ${arguments_.join(' ')} failed${error ? `: ${error.message}` : ''}`);
  return stdout;
}

function apply({ folder, set, after, next }: Step, stages: string, namespace: string): void {
  const recorded = kubectl(['get', 'configmap', RECORD, '-n', namespace, '--ignore-not-found', '-o', 'jsonpath={.data.stage}']);
  // A set may be applied again: the last time may have ended in the middle.
  if (![...after, folder].includes(recorded)) throw new Error(`"${folder}" does not follow "${recorded || 'nothing'}", which was applied last`);
  const wrong = [...set.losses, ...set.risks.filter(({ severity }) => severity === 'error').map(({ message }) => message)];
  if (wrong.length > 0) throw new Error(`"${folder}" is not applied: ${wrong.join('; ')}`);

  process.stderr.write(kubectl(['apply', '-f', `${stages}/${folder}`]));
  for (const { workload } of set.loads.filter((load) => load.workload.startsWith('Deployment '))) {
    const [at, name] = workload.slice('Deployment '.length).split('/');
    process.stderr.write(kubectl(['rollout', 'status', `deployment/${name}`, '-n', at, '--timeout=10m']));
  }
  for (const { apiVersion, kind, namespace: at, name } of set.changes.filter(({ how }) => how === 'removed')) {
    const object = { apiVersion, kind, metadata: { name, ...at === '' ? {} : { namespace: at } } };
    process.stderr.write(kubectl(['delete', '--ignore-not-found', '-f', '-'], JSON.stringify(object)));
  }
  const record = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: RECORD, namespace }, data: { stage: next === undefined ? DONE : folder } };
  kubectl(['apply', '-f', '-'], JSON.stringify(record));
  process.stdout.write(next === undefined ? '' : `${next}\n`);
}

function main([file, stages, namespace, folder]: readonly string[]): void {
  if (folder === undefined) throw new Error('usage: apply-stage.ts <plan.json> <folder of the stages> <namespace of the record> <set>');
  const steps = stepsOf(JSON.parse(readFileSync(file, 'utf8')) as Plan);
  const step = steps.find((one) => one.folder === folder);
  if (!step) throw new Error(`there is no set "${folder}"; there are ${steps.map((one) => one.folder).join(', ')}`);
  apply(step, stages, namespace);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`apply-stage: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
