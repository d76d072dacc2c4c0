/*
 * Makes imports/ anew with `cdk8s import`: `npm run import -- istio=path/to/crds.yaml`, or without arguments from the public
 * origins named in cdk8s.yaml (needs network). The CRDs are trimmed first to the kinds and versions used here: whole, they make
 * megabytes of code that nobody reads.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';

const ROOT = resolve(__dirname, '..');

interface Crd {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly group: string; versions: { readonly name: string }[] };
}

/** Kinds (as CRD names) and versions (by CRD or group) that renderers use, for each source. */
const USED: Record<string, { readonly crds: readonly string[]; readonly versions: Readonly<Record<string, string>> }> = {
  'istio': {
    crds: [
      'destinationrules.networking.istio.io', 'gateways.networking.istio.io', 'virtualservices.networking.istio.io',
      'authorizationpolicies.security.istio.io', 'peerauthentications.security.istio.io',
    ],
    versions: { 'networking.istio.io': 'v1', 'security.istio.io': 'v1' },
  },
  'smi': {
    crds: ['trafficsplits.split.smi-spec.io', 'httproutegroups.specs.smi-spec.io', 'tcproutes.specs.smi-spec.io', 'traffictargets.access.smi-spec.io'],
    versions: { 'split.smi-spec.io': 'v1alpha2', 'specs.smi-spec.io': 'v1alpha4', 'access.smi-spec.io': 'v1alpha3' },
  },
  'linkerd': {
    crds: ['servers', 'authorizationpolicies', 'meshtlsauthentications'].map((kind) => `${kind}.policy.linkerd.io`),
    versions: {
      'servers.policy.linkerd.io': 'v1beta3',
      'authorizationpolicies.policy.linkerd.io': 'v1alpha1',
      'meshtlsauthentications.policy.linkerd.io': 'v1alpha1',
    },
  },
  'gateway-api': {
    crds: ['gateways', 'httproutes', 'grpcroutes', 'tcproutes', 'tlsroutes'].map((kind) => `${kind}.gateway.networking.k8s.io`),
    versions: { 'gateway.networking.k8s.io': 'v1' },
  },
  'flagger': {
    crds: ['canaries.flagger.app', 'metrictemplates.flagger.app'],
    versions: { 'flagger.app': 'v1beta1' },
  },
  'argo-rollouts': {
    crds: ['rollouts.argoproj.io', 'analysistemplates.argoproj.io'],
    versions: { 'argoproj.io': 'v1alpha1' },
  },
};

async function main(): Promise<void> {
  const given = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split('=', 2)));
  const sources = Object.keys(given);
  for (const [source, addresses] of origins()) {
    if (sources.length > 0 && !sources.includes(source)) continue;
    const text = given[source] === undefined ? (await Promise.all(addresses.map(download))).join('\n---\n') : readFileSync(given[source], 'utf8');
    importTrimmed(source, trim(text, USED[source]));
  }
}

/** Public origins, as `cdk8s.yaml` lists them: `<source>:=<address>`, one or several for a source. */
function origins(): Map<string, string[]> {
  const { imports } = parse(readFileSync(join(ROOT, 'cdk8s.yaml'), 'utf8')) as { imports: string[] };
  const found = new Map<string, string[]>();
  for (const [source, address] of imports.map((entry) => entry.split(':=', 2))) found.set(source, [...(found.get(source) ?? []), address]);
  return found;
}

async function download(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.text();
}

function trim(text: string, used: (typeof USED)[string]): string {
  const documents = parseAllDocuments(text).map((document) => document.toJS() as Crd | null);
  const crds = documents.filter((crd) => crd !== null).filter((crd) => used.crds.includes(crd.metadata.name));
  const missing = used.crds.filter((name) => !crds.some((crd) => crd.metadata.name === name));
  if (missing.length > 0) throw new Error(`the CRDs lack ${missing.join(', ')}`);
  for (const crd of crds) {
    const version = used.versions[crd.metadata.name] ?? used.versions[crd.spec.group];
    crd.spec.versions = crd.spec.versions.filter(({ name }) => name === version);
  }
  return crds.map((crd) => stringify(crd)).join('---\n');
}

function importTrimmed(source: string, crds: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'crds-'));
  const file = join(folder, `${source}.yaml`);
  writeFileSync(file, crds);
  const options = ['--language', 'typescript', '--output', 'imports', '--no-save', '--no-check-upgrade'];
  const result = spawnSync('npx', ['cdk8s', 'import', file, ...options], { cwd: ROOT, stdio: 'inherit' });
  rmSync(folder, { recursive: true });
  if (result.status !== 0) throw new Error(`cdk8s import of ${source} failed`);
}

main().catch((problem: Error) => {
  console.error(problem.message);
  process.exitCode = 1;
});
