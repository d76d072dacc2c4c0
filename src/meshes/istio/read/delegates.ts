import { HttpMatch } from './http-match';
import { StringMatch, StringMatches } from './string-match';
import { HttpRule, VirtualService } from './virtual-service';
import { isVisible } from './visibility';

/** What a delegate's rule takes from the rule that leads to it, where it does not say it itself. */
const INHERITED = ['rewrite', 'directResponse', 'timeout', 'retries', 'fault', 'mirror', 'mirrorPercent', 'mirrorPercentage', 'corsPolicy', 'mirrors', 'headers'];

/**
 * The VirtualService with the rules of its delegates in the place of those that lead to them. A delegate that is not there, or not shown to
 * the namespace, leaves its rule out.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/virtualservice.go MergeHTTPRoutes
 */
export function withDelegates(root: VirtualService, delegateNamed: (key: string) => VirtualService | undefined): VirtualService {
  const doubts: string[] = [];
  const http = root.http.flatMap((rule) => {
    const reference = rule.field('delegate');
    if (!reference.exists) return [rule];
    const key = `${reference.at('namespace').text() || root.object.namespace}/${reference.at('name').text() ?? ''}`;
    const delegate = delegateNamed(key);
    const shown = delegate && isVisible(delegate.visibility, root.object.namespace);
    if (!shown) doubts.push(`${root.object.title} ${rule.place} takes no part: its delegate ${key} ${delegate ? 'is not shown to its namespace' : 'is not there'}`);
    return shown ? delegate.http.flatMap((one) => mergedRule(rule, one) ?? []) : [];
  });
  return { ...root, http, doubts };
}

function mergedRule(root: HttpRule, delegate: HttpRule): HttpRule | undefined {
  const matches = mergedMatches(root.matches, delegate.matches);
  if (!matches) return undefined;
  return {
    ...delegate,
    name: joined(root.name, delegate.name),
    matches,
    field: (key) => (INHERITED.includes(key) && !delegate.field(key).exists ? root.field(key) : delegate.field(key)),
  };
}

/** Nothing: one of the delegate's matches lies outside all of the root's, and its rule is dropped. */
function mergedMatches(roots: readonly HttpMatch[], delegates: readonly HttpMatch[]): readonly HttpMatch[] | undefined {
  if (roots.length === 0) return delegates;
  if (delegates.length === 0) return roots;
  const merged = delegates.map((one) => roots.filter((root) => !conflict(root, one)).map((root) => mergedMatch(root, one)));
  return merged.some((found) => found.length === 0) ? undefined : merged.flat();
}

function mergedMatch(root: HttpMatch, delegate: HttpMatch): HttpMatch {
  return {
    place: delegate.place,
    name: joined(root.name, delegate.name),
    uri: delegate.uri ?? root.uri,
    scheme: delegate.scheme ?? root.scheme,
    method: delegate.method ?? root.method,
    authority: delegate.authority ?? root.authority,
    headers: new Map([...root.headers, ...delegate.headers]),
    withoutHeaders: new Map([...root.withoutHeaders, ...delegate.withoutHeaders]),
    queryParams: new Map([...root.queryParams, ...delegate.queryParams]),
    ignoreUriCase: delegate.ignoreUriCase,
    port: delegate.port || root.port,
    sourceLabels: { ...root.sourceLabels, ...delegate.sourceLabels },
    sourceNamespace: delegate.sourceNamespace || root.sourceNamespace,
    gateways: delegate.gateways.length > 0 ? delegate.gateways : root.gateways,
  };
}

function joined(root: string, delegate: string): string {
  return root && delegate ? `${root}-${delegate}` : root || delegate;
}

function conflict(root: HttpMatch, leaf: HttpMatch): boolean {
  return stringConflict(root.uri, leaf.uri)
    || stringConflict(root.scheme, leaf.scheme)
    || stringConflict(root.method, leaf.method)
    || stringConflict(root.authority, leaf.authority)
    || mapConflict(root.headers, leaf.headers)
    || mapConflict(root.withoutHeaders, leaf.withoutHeaders)
    || mapConflict(root.queryParams, leaf.queryParams)
    || root.ignoreUriCase !== leaf.ignoreUriCase
    || (root.port > 0 && leaf.port > 0 && root.port !== leaf.port)
    || (root.sourceNamespace !== '' && leaf.sourceNamespace !== root.sourceNamespace)
    || Object.entries(leaf.sourceLabels).some(([key, value]) => (root.sourceLabels[key] ?? value) !== value)
    || gatewayConflict(root.gateways, leaf.gateways);
}

function gatewayConflict(roots: readonly string[], leaves: readonly string[]): boolean {
  if (roots.length === 0 || leaves.length === 0) return false;
  return roots.length < leaves.length || leaves.some((one) => !roots.includes(one));
}

function mapConflict(roots: StringMatches, leaves: StringMatches): boolean {
  return [...leaves].some(([key, leaf]) => stringConflict(roots.get(key), leaf));
}

/** Whether the leaf may take what the root does not, as Istio sees it: two expressions always conflict, an empty test does with every other. */
function stringConflict(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (!root || !leaf) return false;
  if (root.value === '') return true;
  if (root.kind === 'exact') return leaf.kind !== 'exact' || leaf.value !== root.value;
  if (root.kind === 'prefix') return leaf.value === '' || leaf.kind === 'regex' || !leaf.value.startsWith(root.value);
  return true;
}
