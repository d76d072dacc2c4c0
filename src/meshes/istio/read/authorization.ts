import { ROOT_NAMESPACE } from './destination-rules';
import { Arrival, attribute } from './policy-attributes';
import { typeRefusal } from './refusal-parts';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { SelectorIndex } from '../../../manifests/selector-index';

export interface Permission {
  readonly allowed: boolean;
  readonly reason?: string;
  readonly object?: KubeObject;
  readonly doubts: readonly string[];
}

/** A clause of a rule: one of the values, and none of the others. */
interface Clause {
  readonly key: string;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
}

/**
 * Policies for pods: what one denies is denied; where some allow, one of them has to.
 * @see https://istio.io/latest/docs/concepts/security/#implicit-enablement
 */
export class AuthorizationPolicies {
  private readonly index: SelectorIndex<Policy>;

  public constructor(objects: readonly KubeObject[]) {
    const policies = objects.filter(isForPods).map((object) => ({ object, refusal: refusal(object), asksForUnknown: asksForUnknown(object) }));
    this.index = new SelectorIndex(policies, ({ object }) => object.namespace, ({ object }) => object.spec.at('selector').at('matchLabels').textMap());
  }

  /** @param pods namespace and labels of the pods that are called */
  public permission(pods: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }, arrival: Arrival): Permission {
    const policies = [...new Set([ROOT_NAMESPACE, pods.namespace])].flatMap((namespace) => this.index.selecting(namespace, pods.labels));
    const taken = policies.filter((policy) => policy.refusal === undefined).map(({ object }) => object);
    const of = (action: string) => taken.filter(({ spec }) => (spec.at('action').text() ?? 'ALLOW') === action);
    const doubts = doubtsOf(policies, of('CUSTOM'));
    const denying = of('DENY').find((policy) => takes(policy, arrival));
    if (denying) return { allowed: false, reason: `${denying.title} denies it`, object: denying, doubts };
    const allowing = of('ALLOW');
    if (allowing.length === 0 || allowing.some((policy) => takes(policy, arrival))) return { allowed: true, doubts };
    return { allowed: false, reason: `${allowing.map(({ title }) => title).join(', ')} ${allowing.length > 1 ? 'allow' : 'allows'} others only`, object: allowing[0], doubts };
  }
}

interface Policy {
  readonly object: KubeObject;
  /** Why Istio does not take it. */
  readonly refusal?: string;
  readonly asksForUnknown: boolean;
}

/** References are to gateways and waypoints, which are other proxies. */
function isForPods({ spec, annotations }: KubeObject): boolean {
  return spec.at('targetRefs').items().length === 0 && !spec.at('targetRef').exists && annotations['istio.io/dry-run'] !== 'true';
}

/** Reads all that is read of a policy, so that whatever has a wrong type is known. */
function refusal(policy: KubeObject): string | undefined {
  policy.spec.at('action').text();
  asksForUnknown(policy);
  policy.spec.at('rules').items().flatMap((rule) => rule.at('to').items()).forEach(operationClauses);
  return typeRefusal(policy);
}

function takes(policy: KubeObject, arrival: Arrival): boolean {
  const denies = policy.spec.at('action').text() === 'DENY';
  return policy.spec.at('rules').items().some((rule) => ruleTakes(rule, arrival, denies, policy.namespace));
}

/** One of `from`, one of `to` and all of `when`. */
function ruleTakes(rule: Field, arrival: Arrival, denies: boolean, namespace: string): boolean {
  const [from, to] = [rule.at('from').items().map(sourceClauses), rule.at('to').items().map(operationClauses)];
  const when = rule.at('when').items().map((one) => clause(one, one.at('key').text() ?? '', 'values', 'notValues'));
  if (when.some(({ key }) => attribute(key, namespace) === undefined)) return false;
  // On connections a rule that asks for more than they show allows nothing; one that denies goes without it, and denies more.
  if (!arrival.http && !denies && [...from.flat(), ...to.flat(), ...when].some((one) => asksForHttp(one, namespace))) return false;
  const fits = (wanted: readonly Clause[]) => wanted.every((one) => clauseHolds(one, arrival, namespace));
  return (from.length === 0 || from.some(fits)) && (to.length === 0 || to.some(fits)) && fits(when);
}

const SOURCE: readonly [key: string, field: string][] = [
  ['source.principal', 'principals'], ['source.namespace', 'namespaces'], ['source.serviceAccount', 'serviceAccounts'], ['source.trustDomain', 'trustDomains'],
  ['source.ip', 'ipBlocks'], ['remote.ip', 'remoteIpBlocks'], ['request.auth.principal', 'requestPrincipals'],
];

const OPERATION: readonly [key: string, field: string][] = [['methods', 'methods'], ['paths', 'paths'], ['hosts', 'hosts'], ['destination.port', 'ports']];

function sourceClauses(from: Field): Clause[] {
  return clauses(from.at('source'), SOURCE);
}

function operationClauses(to: Field): Clause[] {
  return clauses(to.at('operation'), OPERATION);
}

function clauses(field: Field, keys: readonly [key: string, field: string][]): Clause[] {
  return keys.map(([key, name]) => clause(field, key, name, `not${name[0].toUpperCase()}${name.slice(1)}`))
    .filter(({ values, notValues }) => values.length + notValues.length > 0);
}

function clause(field: Field, key: string, values: string, notValues: string): Clause {
  return { key, values: field.at(values).texts(), notValues: field.at(notValues).texts() };
}

function asksForHttp({ key }: Clause, namespace: string): boolean {
  const found = attribute(key, namespace);
  return found === 'unknown' ? key.startsWith('request.auth.') : found?.http ?? false;
}

/** What is not in the manifests, such as a token or an address, is none of the values. */
function clauseHolds({ key, values, notValues }: Clause, arrival: Arrival, namespace: string): boolean {
  const found = attribute(key, namespace);
  if (!found || (!arrival.http && asksForHttp({ key, values, notValues }, namespace))) return true;
  const is = (value: string) => found !== 'unknown' && found.takes(value, arrival);
  return (values.length === 0 || values.some(is)) && !notValues.some(is);
}

function doubtsOf(policies: readonly Policy[], custom: readonly KubeObject[]): string[] {
  return [
    ...policies.filter((policy) => policy.refusal !== undefined).map((policy) => `${policy.object.title} takes no part: it is refused, because ${policy.refusal}`),
    ...custom.map(({ title, spec }) => `${title} asks "${spec.at('provider').at('name').text() ?? ''}", which is taken to allow everything`),
    ...policies.filter((policy) => policy.asksForUnknown)
      .map(({ object }) => `${object.title} looks at addresses or at tokens, which are taken to be none of those that it names`),
  ];
}

function asksForUnknown({ spec, namespace }: KubeObject): boolean {
  return spec.at('rules').items().some((rule) => {
    const when = rule.at('when').items().map((one) => clause(one, one.at('key').text() ?? '', 'values', 'notValues'));
    return [...rule.at('from').items().flatMap(sourceClauses), ...when].some(({ key }) => attribute(key, namespace) === 'unknown');
  });
}
