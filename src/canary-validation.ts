import { Lint, LintAppOptions } from './lint';
import { LintFound } from './lint/lint-rule';
import { KubeObject } from './manifests/kube-object';
import { whereText } from './report/lint-text';
import { Traffic } from './traffic';

/** What `cdk8s synth` hands to a validation. @see https://cdk8s.io/docs/latest/basics/validations/ */
interface Context {
  readonly manifests: readonly string[];
  readonly metadata: Readonly<Record<string, { readonly path: string }>>;
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
}

/**
 * The linter as a validation of `cdk8s synth`: errors make it end with exit code 2, warnings are in the report.
 *
 * ```yaml
 * # cdk8s.yaml
 * validations:
 *   - package: ./node_modules/cdk8s-canary
 *     version: 0.0.0
 *     class: CanaryValidation
 *     properties: { severities: { catch-all-missing: off } } # what LintAppOptions holds
 * ```
 *
 * @jsii ignore
 */
export class CanaryValidation {
  public constructor(private readonly properties: LintAppOptions = {}) {}

  public async validate(context: Context): Promise<void> {
    const traffic = Traffic.fromFiles([...context.manifests], this.properties);
    const findings = Lint._run(traffic, this.properties);
    const titles = new Titles(traffic._manifests.objects, context);
    for (const found of findings) {
      context.report.addViolation({
        ruleName: `${found.severity} ${found.code}`,
        recommendation: found.message,
        fix: found.remedy,
        violatingResources: [{ resourceName: titles.of(found), locations: [found.place], manifestPath: whereOf(found) }],
      });
    }
    const count = (severity: string) => findings.filter((found) => found.severity === severity).length;
    const counts = { errors: `${count('error')}`, warnings: `${count('warning')}`, objects: `${traffic._manifests.objects.length}` };
    context.report.submit(count('error') > 0 ? 'failure' : 'success', counts);
  }
}

/**
 * Names of resources for the report, which finds construct paths by them. cdk8s records one path for all objects of one name, the last; where
 * several have it, the report gets the path that an app of this library recorded for the object itself, or none: a wrong one would mislead.
 */
class Titles {
  private readonly shared: ReadonlySet<string>;

  public constructor(objects: readonly KubeObject[], private readonly context: Context) {
    const names = objects.map(({ name }) => name);
    this.shared = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  }

  public of(found: LintFound): string {
    const { object } = found;
    if (!object) return whereText(found);
    if (!this.shared.has(object.name)) return object.name;
    const metadata = this.context.metadata as Record<string, { readonly path: string } | undefined>;
    const own = metadata[metadataKey(object)];
    if (own) metadata[object.title] = own;
    return object.title;
  }
}

/** What `CanaryApp` records an object under, beside its name. */
function metadataKey({ kind, namespace, name }: KubeObject): string {
  return `${kind}/${namespace || 'default'}/${name}`;
}

function whereOf({ object, origin }: LintFound): string {
  return (object?.origin ?? origin)?.file ?? '';
}
