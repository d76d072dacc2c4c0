import { GRADES, LintFound, Severity } from './lint-rule';
import { KubeObject } from '../manifests/kube-object';
import { WAIVER_PREFIX } from '../manifests/waiver';

/** What objects say of the findings on themselves. */
export class Waivers {
  private readonly wrong: LintFound[] = [];
  private readonly grades = new Map<string, Severity | 'off'>();

  public constructor(objects: readonly KubeObject[], private readonly codes: readonly string[]) {
    for (const object of objects) {
      for (const [name, value] of Object.entries(object.annotations)) {
        if (name.startsWith(WAIVER_PREFIX)) this.read(object, name, value);
      }
    }
  }

  public severityFor(code: string, object: KubeObject | undefined): Severity | 'off' | undefined {
    return object && this.grades.get(`${code} ${object.key}`);
  }

  /** Annotations that say nothing that can be followed. */
  public problems(): readonly LintFound[] {
    return this.wrong;
  }

  private read(object: KubeObject, name: string, value: string): void {
    const code = name.slice(WAIVER_PREFIX.length);
    const [, grade, reason] = /^(\w+):\s*(\S.*)$/.exec(value) ?? [];
    if (this.codes.includes(code) && GRADES.includes(grade) && reason) {
      this.grades.set(`${code} ${object.key}`, grade as Severity | 'off');
      return;
    }
    this.wrong.push({
      code: 'waiver-invalid',
      severity: 'warning',
      object,
      place: `metadata.annotations["${name}"]`,
      message: this.codes.includes(code) ? `"${value}" gives no severity and reason` : `no rule has the code "${code}"`,
      remedy: 'write `off: <reason>`, or `info`, `warning` or `error` in place of `off`, for a code in docs/findings.md',
    });
  }
}
