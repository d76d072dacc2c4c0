import { Duration } from 'cdk8s';
import {
  CanaryService, CanaryServiceProps, Client, CookieMatch, ExposeViaGatewayOptions, Fault, HeaderMatch, HttpMethod, IngressGateway, Mesh,
  NginxIngressGateway, NginxIngressGatewayProps, PathMatch, Protocol, QueryMatch, Retries, Rewrite, RouteMatch, RouteProps, Warnings,
} from '../../../src';
import { expose, findingsOf, synth } from '../plain-ingress/manifests';

interface Refusal {
  readonly name: string;
  readonly props?: Partial<CanaryServiceProps>;
  readonly exposures?: readonly ExposeViaGatewayOptions[];
  readonly gateway?: NginxIngressGatewayProps;
  readonly findings: readonly string[];
}

const to = (version: string, ...matches: RouteMatch[]): RouteProps => ({ matches, weights: { [version]: 1 } });
const header = (name: string, value: string): RouteMatch => ({ headers: [HeaderMatch.exact(name, value)] });
const cookie = (value: string): RouteMatch => ({ cookies: [CookieMatch.exact('canary', value)] });
const testers = to('v2', header('x-tester', 'yes'));
const lacks = (place: string, what: string) => `[shop/web/Exposure1] capability-missing at ${place}: the gateway "edge" is ingress-nginx and cannot ${what}; leave it out, or use a gateway that can`;
const canary = (place: string, what: string) => `[shop/web/Exposure1] capability-missing at ${place}: ${what}`;
const three = ['v1', 'v2', 'v3'].map((name) => ({ name, image: `web:${name}` }));

test.each<Refusal>([
  { name: 'nothing at first', findings: [] },
  {
    name: 'conditions that no annotation has',
    props: {
      routes: [to('v2', { method: HttpMethod.POST }), to('v2', { queryParams: [QueryMatch.exact('q', '1')] }), to('v2', { headers: [HeaderMatch.absent('x-a')] }), to('v2', { path: PathMatch.regex('/a.*') })],
    },
    findings: [
      lacks('routes[0].matches[0]', 'match methods (HTTPRouteMethodMatching)'), lacks('routes[1].matches[0]', 'match query parameters (HTTPRouteQueryParamMatching)'),
      lacks('routes[2].matches[0]', 'match requests without a header (HTTPRouteHeaderAbsenceMatching)'), lacks('routes[3].matches[0]', 'match paths by regular expression (HTTPRoutePathRegexMatching)'),
    ],
  },
  {
    name: 'faults, rewrites, retries, timeouts and policies',
    props: { routes: [{ ...testers, fault: Fault.abort(503), rewrite: Rewrite.hostname('in.example'), retries: Retries.attempts(2) }], timeout: Duration.seconds(1), trafficPolicy: { connectionPool: { maxConnections: 1 } } },
    findings: [
      lacks('routes[0].fault', 'abort requests (FaultAbort)'), lacks('routes[0].rewrite', 'rewrite hosts (HTTPRouteHostRewrite)'), lacks('timeout', 'limit the time of requests (HTTPRouteRequestTimeout)'),
      lacks('routes[0].retries', 'retry requests as declared (HTTPRouteRetry)'),
      lacks('trafficPolicy.connectionPool', 'limit connections and requests (ConnectionPool)'),
    ],
  },
  {
    name: 'an exposure that lets in by header',
    exposures: [{ matches: [header('x-a', '1'), { path: PathMatch.prefix('/a'), method: HttpMethod.GET }] }],
    findings: [lacks('matches[0]', 'match headers (HTTPRouteHeaderMatching)'), lacks('matches[1]', 'match methods (HTTPRouteMethodMatching)')],
  },
  {
    name: 'three versions',
    props: { versions: three, weights: { v1: 8, v2: 1, v3: 1 } },
    findings: [canary('weights', 'ingress-nginx knows one canary beside a stable version, and the requests of the path "/" go to "web-v1", "web-v2", "web-v3"; share them between two versions, or use a gateway that knows more')],
  },
  {
    name: 'a third version behind a header',
    props: { versions: three, routes: [to('v3', header('x-tester', 'yes'))] },
    findings: [canary('routes', 'ingress-nginx knows one canary beside a stable version, and the requests of the path "/" go to "web-v1", "web-v2", "web-v3"; share them between two versions, or use a gateway that knows more')],
  },
  { name: 'no third version that gets nothing', props: { versions: three, weights: { v1: 9, v2: 1, v3: 0 } }, findings: [] },
  {
    name: 'shares behind a header',
    props: { routes: [{ ...testers, weights: { v1: 1, v2: 1 } }] },
    findings: [canary('routes[0].weights', 'a canary takes all requests that its header or cookie names, not a share of them; give one version all the weight')],
  },
  {
    name: 'two headers',
    props: { routes: [testers, to('v2', header('x-other', '1'))] },
    findings: [canary('routes[1].matches', 'a canary asks for one header, and the rules ask for "x-tester", "x-other"; use one header')],
  },
  {
    name: 'two conditions at once',
    props: { routes: [to('v2', { headers: [HeaderMatch.exact('x-a', '1'), HeaderMatch.exact('x-b', '1')] })] },
    findings: [canary('routes[0].matches', 'a canary asks for one header or one cookie at a time; use one condition in a match')],
  },
  {
    name: 'two cookies',
    props: { weights: { v1: 1 }, routes: [to('v2', cookie('always')), to('v2', { cookies: [CookieMatch.exact('beta', 'always')] })] },
    findings: [canary('routes[1].matches', 'a canary asks for one cookie, and the rules ask for "canary", "beta"; use one cookie')],
  },
  {
    name: 'a value of a cookie',
    props: { routes: [to('v2', cookie('beta'))] },
    findings: [canary('routes[0].matches', 'a canary knows just the values "always" and "never" of the cookie "canary"; use `CookieMatch.exact` with "always" or "never", or a header')],
  },
  {
    name: '"always" of a cookie without "never"',
    props: { routes: [to('v2', cookie('always'))] },
    findings: [canary('routes[0].matches', 'for a canary, the value "never" of the cookie "canary" has a meaning too, and the rules send such requests elsewhere; declare a route for "never" too, to the stable version')],
  },
  {
    name: '"never" of a cookie without "always"',
    props: { routes: [to('v1', cookie('never'))] },
    findings: [canary('routes[0].matches', 'for a canary, the value "always" of the cookie "canary" has a meaning too, and the rules send such requests elsewhere; declare a route for "always" too, to the canary')],
  },
  {
    name: '"always" and "never" the wrong way round',
    props: { routes: [to('v2', cookie('never')), to('v2', header('x-a', '1')), to('v1', cookie('always'))] },
    findings: [canary('routes[0].matches', 'for a canary, the value "always" of the cookie "canary" means the canary and "never" the stable version, and no other value sends to "web-v2"; use these values, or send to the other version by them')],
  },
  {
    name: 'a cookie before a header',
    props: { routes: [to('v1', cookie('never')), to('v2', cookie('always')), testers] },
    findings: ['[shop/web/Exposure1] order-inexpressible at routes[0]: ingress-nginx looks at the header first, and some requests that routes[0] takes first would be taken by routes[2]; declare routes[2] first'],
  },
  {
    name: 'a cookie before a header, behind one that agrees',
    props: { routes: [to('v2', cookie('always')), to('v1', cookie('never')), testers] },
    findings: ['[shop/web/Exposure1] order-inexpressible at routes[1]: ingress-nginx looks at the header first, and some requests that routes[1] takes first would be taken by routes[2]; declare routes[2] first'],
  },
  { name: 'no cookie before a header that agrees', props: { routes: [to('v2', cookie('always')), testers, to('v1', cookie('never'))] }, findings: [] },
  {
    name: 'a header to each version',
    props: { routes: [to('v2', header('x-group', 'beta')), to('v1', header('x-group', 'alpha'))] },
    findings: [canary('routes[0].matches', 'for a canary, the value "always" of the header "x-group" means the canary and "never" the stable version, and no other value sends to "web-v2"; use these values, or send to the other version by them')],
  },
  {
    name: 'names and values that the controller leaves out',
    props: {
      routes: [to('v2', header('x_tester', 'yes'))],
      weights: { v1: 1 },
    },
    findings: [canary('routes[0].matches', 'a canary cannot ask for the header "x_tester"; use letters, digits and "-" in its name')],
  },
  ...['a,b', 'ä', 'x y', '"'].map((value): Refusal => ({
    name: `the value ${value}`,
    props: { routes: [to('v2', header('x-a', value))] },
    findings: [canary('routes[0].matches', `the header "x-a" is compared with "${value}", which no annotation of a canary can say for sure; use letters, digits and "-", "_", ".", "/", ":", and of regular expressions what RE2 and PCRE have in common`)],
  })),
  ...['\\pL', 'a{2,3}', '\\x41', '(?P<a>b)', '\\v'].map((pattern): Refusal => ({
    name: `the pattern ${pattern}`,
    props: { routes: [to('v2', { headers: [HeaderMatch.regex('x-a', pattern)] })] },
    findings: [canary('routes[0].matches', `the header "x-a" is compared with "${pattern}", which no annotation of a canary can say for sure; use letters, digits and "-", "_", ".", "/", ":", and of regular expressions what RE2 and PCRE have in common`)],
  })),
  {
    name: 'rules that differ from path to path',
    props: { routes: [to('v2', { path: PathMatch.prefix('/beta') })] },
    findings: [canary('weights', 'ingress-nginx has one canary for a Service, whatever the path, and the rules for the path "/" differ from those for the path "/beta"; declare the same rules for both, or use a gateway that keeps them apart')],
  },
  {
    name: 'rules that differ from exposure to exposure',
    props: { routes: [to('v2', { path: PathMatch.prefix('/beta') }), to('v1', { path: PathMatch.prefix('/old') })] },
    exposures: [{ hosts: ['a.example'], matches: [{ path: PathMatch.prefix('/beta') }], name: 'a' }, { hosts: ['b.example'], matches: [{ path: PathMatch.prefix('/x') }], name: 'b' }],
    findings: ['[shop/web/Exposure2] capability-missing at weights: ingress-nginx has one canary for a Service, whatever the path, and the rules for the path "/x" differ from those for the path "/beta" of "shop/web/Exposure1"; declare the same rules for both, or use a gateway that keeps them apart'],
  },
  {
    name: 'one host and path twice',
    exposures: [{ hosts: ['a.example', 'b.example'], name: 'a' }, { hosts: ['b.example'], name: 'b' }],
    findings: ['[shop/web/Exposure2] exposure-invalid at matches: "shop/web/Exposure1" exposes the prefix path "/" of "b.example" too, and the older object would decide; expose other hosts or paths'],
  },
  {
    name: 'one host and path twice, of two types',
    exposures: [{ matches: [{ path: PathMatch.exact('/a') }], name: 'a' }, { matches: [{ path: PathMatch.prefix('/a') }], name: 'b' }],
    findings: ['[shop/web/Exposure2] exposure-invalid at matches: "shop/web/Exposure1" exposes the path "/a" of the same host, and ingress-nginx refuses it twice, as prefix and as exact path; expose both in one exposure, or other paths'],
  },
  {
    name: 'paths that the controller refuses',
    exposures: [{ matches: [{ path: PathMatch.prefix('/a~b') }, { path: PathMatch.exact('/a%2Fb') }] }],
    findings: [
      '[shop/web/Exposure1] path-invalid at matches: the path "/a%2Fb" contains "%2F", which no Ingress takes; use another path',
      '[shop/web/Exposure1] path-invalid at matches: ingress-nginx refuses the path "/a~b"; use letters, digits and "-", "_", ".", "/"',
      '[shop/web/Exposure1] path-invalid at matches: ingress-nginx refuses the path "/a%2Fb"; use letters, digits and "-", "_", ".", "/"',
    ],
  },
  {
    name: 'a protocol that nginx does not speak to pods',
    props: { ports: [{ port: 80, protocol: Protocol.HTTP2 }] },
    findings: [canary('port', 'the gateway "edge" is ingress-nginx and cannot say that port 80 speaks HTTP2; declare the port as GRPC if it carries gRPC, or use a gateway that can')],
  },
  {
    name: 'a port without HTTP',
    props: { ports: [{ port: 5432, protocol: Protocol.TCP }] },
    findings: ['[shop/web/Exposure1] listener-missing at gateway: no listener of the gateway "edge" ("http": HTTP) fits port 5432 (TCP); add a listener of that protocol to the gateway, or expose another port'],
  },
  {
    name: 'a listener',
    exposures: [{ listener: 'http' }],
    findings: ['[shop/web/Exposure1] exposure-invalid at listener: an Ingress has no listeners: it is served on all ports of its controller; drop `listener`'],
  },
  {
    name: 'named clients in a mesh',
    props: { allowFrom: [Client.serviceAccount('cart')] },
    findings: ['[shop/web/Exposure1] exposure-invalid at gateway: the service lets in named clients only, and the pods of the gateway "edge" have no account that the mesh knows; give the gateway `serviceAccountName` if its pods belong to the mesh, or drop `allowFrom`'],
  },
  { name: 'no named clients, if the controller has an account', props: { allowFrom: [Client.serviceAccount('cart')] }, gateway: { serviceAccountName: 'ingress-nginx' }, findings: [] },
  {
    name: 'settings that cannot be',
    gateway: { name: 'Edge', ingressClassName: 'a b', podNamespace: 'a.b', serviceAccountName: 'A', annotations: { 'a b': '1' }, tls: [{ secretName: 'S', hosts: ['x'] }, { secretName: 's', hosts: ['*.x', '*.x'] }, { secretName: 's', hosts: [] }] },
    exposures: [{ hosts: ['x', 'a.x'], name: 'web' }],
    findings: [
      '[shop/edge] name-invalid at name: "Edge" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; give the gateway a valid `name`',
      '[shop/edge] name-invalid at podNamespace: "a.b" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; give the name of a namespace',
      '[shop/edge] name-invalid at ingressClassName: "a b" is not made of lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit; give the name of an IngressClass',
      '[shop/edge] name-invalid at serviceAccountName: "A" is not made of lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit; give the name of a service account',
      '[shop/edge] label-invalid at annotations.a b: "a b" is not made of an optional DNS prefix and "/", then letters, digits, "-", "_" and "."; give a valid key',
      '[shop/edge] name-invalid at tls[0].secretName: "S" is not made of lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit; give the name of a Secret',
      '[shop/edge] gateway-invalid at tls[1].hosts[1]: "*.x" has a certificate already; name each host once',
      '[shop/edge] gateway-invalid at tls[2].hosts: the certificate is for no host; name the hosts, or "*" for all',
    ],
  },
  {
    name: 'a certificate for nobody',
    gateway: { tls: [{ secretName: 's', hosts: ['*.example.com'] }] },
    exposures: [{ hosts: ['a.b.example.com', 'example.com'] }],
    findings: ['[shop/edge] gateway-invalid at tls[0].hosts: the certificate is for "*.example.com", and exposed are "a.b.example.com", "example.com"; name a host that is exposed, or drop the certificate'],
  },
  {
    name: 'annotations that the declaration decides',
    gateway: { annotations: Object.fromEntries(['canary-weight', 'backend-protocol', 'ssl-redirect', 'use-regex', 'canaryish', 'proxy-body-size'].map((key) => [`nginx.ingress.kubernetes.io/${key}`, '1'])) },
    findings: [
      ['canary-weight', 'declare `weights` and `routes` of the service'], ['backend-protocol', 'give the port of the service its `protocol`'], ['ssl-redirect', 'use `httpsRedirect`'],
      ['use-regex', 'leave it out: with it, every path of the host is a regular expression without regard to upper and lower case'],
    ].map(([key, remedy]) => `[shop/edge] gateway-invalid at annotations.nginx.ingress.kubernetes.io/${key}: what is declared decides about this annotation; ${remedy}`),
  },
  { name: 'a name that is too long', exposures: [{ name: 'a'.repeat(250) }], findings: [`[shop/web/Exposure1] name-invalid at name: "${'a'.repeat(250)}-primary" has 258 characters, the limit is 253; give the exposure a shorter \`name\``] },
])('ingress-nginx refuses $name', ({ props, exposures, gateway, findings }) => {
  expect(findingsOf((chart) => expose(chart, { gateway: (scope) => new NginxIngressGateway(scope, 'edge', gateway), props, exposures }))).toEqual(findings);
});

test('ingress-nginx refuses a plain Ingress of its class that sends to a version with a canary', () => {
  expect(findingsOf((chart) => {
    const plain = new IngressGateway(chart, 'plain', { ingressClassName: 'nginx' });
    const edge = new NginxIngressGateway(chart, 'edge');
    const web = new CanaryService(chart, 'web', {
      mesh: Mesh.istio(), ports: [{ port: 80 }], versions: three.slice(0, 2), weights: { v1: 9, v2: 1 }, routes: [to('v1', { gateway: plain })],
    });
    web.exposeViaGateway(plain, { hosts: ['old.example'] });
    web.exposeViaGateway(edge, { hosts: ['new.example'] });
  })).toEqual([
    '[shop/web/Exposure2] capability-missing at weights: ingress-nginx has one canary for a Service, whatever the path, and the rules for the path "/" differ from those for the path "/" of "shop/web/Exposure1"; declare the same rules for both, or use a gateway that keeps them apart',
  ]);
});

test('the retirement of ingress-nginx is a warning, until it is accepted', () => {
  synth((chart) => {
    const edge = new NginxIngressGateway(chart, 'edge');
    expect(Warnings.of(edge)).toEqual([
      '[shop/edge] gateway-deprecated at class: the project ingress-nginx is retired and gets no fixes any more, not of security holes either; '
      + 'plan the move to a gateway that is maintained: the same declaration serves it',
    ]);
    Warnings.accept(chart, 'gateway-deprecated');
    expect(Warnings.of(edge)).toEqual([]);
  });
});
