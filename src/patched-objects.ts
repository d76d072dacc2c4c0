import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Lint } from './lint';
import { lintText } from './report/lint-text';
import { Traffic } from './traffic';

/**
 * What a patch of one object can break of the others of its service. The other rules look at what may stand elsewhere in the app: `Lint.addTo`
 * takes them all.
 */
const RULES = ['backend-missing', 'backend-without-pods', 'deployment-selectors-overlap', 'selector-misses-template', 'selector-without-pods',
  'target-port-undeclared'];

const OTHERS_OFF = Object.fromEntries(Lint.rules().filter(({ code }) => !RULES.includes(code)).map(({ code }) => [code, 'off']));

/**
 * Has the final objects of a service checked where JSON patches changed any of them: what is declared was checked before it was rendered, and a
 * patch comes after that.
 *
 * @param service all below it belongs to the service
 * @param others objects that belong to it and stand elsewhere
 */
export function checkPatchedObjects(service: IConstruct, others: readonly IConstruct[]): void {
  const patches = () => [service, ...others].flatMap(({ node }) => node.findAll()).flatMap(patchesOf);
  // What this library renders by patches stands there from the beginning.
  const own = patches();
  let last: { readonly patches: readonly unknown[]; readonly problems: string[] } | undefined;
  service.node.addValidation({
    validate: () => {
      const now = patches();
      if (same(now, own)) return [];
      if (!last || !same(last.patches, now)) last = { patches: now, problems: problemsOf([service, ...others]) };
      return last.problems;
    },
  });
}

/** A patch never changes, so that nothing has to be compared but which they are: cdk8s validates every service once for each chart. */
function same(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((patch, index) => patch === other[index]);
}

/** cdk8s keeps them to itself, and offers no other way to see that an object is not as it was rendered. */
function patchesOf(construct: IConstruct): readonly unknown[] {
  return ApiObject.isApiObject(construct) ? (construct as unknown as { readonly patches?: readonly unknown[] }).patches ?? [] : [];
}

function problemsOf(scopes: readonly IConstruct[]): string[] {
  try {
    return Lint._run(Traffic._fromConstructs(scopes), { severities: OTHERS_OFF }).filter(({ severity }) => severity === 'error').map(lintText);
  } catch {
    // What keeps the objects from being made is a finding of its own.
    return [];
  }
}
