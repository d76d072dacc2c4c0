import { IConstruct } from 'constructs';
import { InputError } from './input-error';
import { GRADES, LintFound, Severity } from './lint/lint-rule';
import { RULES } from './lint/rules';
import { Regraded, runLint } from './lint/run';
import { fromConstructs } from './manifests/load';
import { MESH_RULES } from './meshes/lint-rules';
import { listed, suggestion } from './model/nearest';
import { lintText, whereText } from './report/lint-text';
import { Traffic, TrafficOptions } from './traffic';

/**
 * How manifests are looked through, for `Lint.check`.
 */
export interface LintOptions {
  /**
   * Severities by code, in place of those that the rules have: `error`, `warning`, `info`, or `off`. Unknown codes and severities are refused
   * by an exception that names the nearest one.
   *
   * @default - those of the rules
   */
  readonly severities?: Record<string, string>;
}

/**
 * How the manifests of an app are looked through, for `Lint.addTo`.
 */
export interface LintAppOptions extends LintOptions, TrafficOptions {}

/**
 * A mistake in manifests.
 */
export interface LintFinding {
  /** Code of the rule, as in docs/findings.md. */
  readonly code: string;

  /** `error`, `warning` or `info`. */
  readonly severity: string;

  /** The object and where it stands: `Service shop/web (web.yaml:12)`. */
  readonly where: string;

  /** Field inside the object. */
  readonly place: string;

  /** What is wrong. */
  readonly message: string;

  /** What would be right. */
  readonly remedy: string;
}

/**
 * A kind of mistake that is looked for.
 */
export interface LintRuleDescription {
  /** Code of the rule, as in docs/findings.md. */
  readonly code: string;

  /** Severity unless another one is asked for. */
  readonly severity: string;

  /** Codes of `istioctl analyze` and Kiali for the same mistake. */
  readonly like: string[];
}

const ALL_RULES = [...RULES.slice(0, -1), ...MESH_RULES, ...RULES.slice(-1)];

/**
 * Looks through manifests for mistakes that lose traffic or send it where nobody meant it to go. An object says `lint.cdk8s-canary/<code>: "off: <reason>"`
 * in an annotation if it is right as it is.
 */
export class Lint {
  /**
   * Makes `app.synth()` fail where the final manifests below a scope hold errors, JSON patches and objects of other libraries included.
   * Warnings do not stop it.
   *
   * @param scope an app, or a chart
   * @param options which findings count
   */
  public static addTo(scope: IConstruct, options: LintAppOptions = {}): void {
    let last: { readonly state: string; readonly errors: string[] } | undefined;
    scope.node.addValidation({
      validate: () => {
        // cdk8s asks once for each chart; the manifests decide whether anything is new.
        const state = stateOf(scope);
        if (state === undefined) return [];
        if (last?.state !== state) last = { state, errors: errorsOf(Traffic.fromChart(scope, options), options) };
        return last.errors;
      },
    });
  }

  /**
   * What is wrong with manifests, the worst first.
   *
   * @param traffic the manifests
   * @param options which findings count
   */
  public static check(traffic: Traffic, options: LintOptions = {}): LintFinding[] {
    return Lint._check(traffic, options);
  }

  /** @internal */
  public static _check(traffic: Traffic, options: LintOptions, tell?: (done: number, all: number) => void): LintFinding[] {
    return Lint._run(traffic, options, tell).map((found) => ({
      code: found.code, severity: found.severity, where: whereText(found), place: found.place, message: found.message, remedy: found.remedy,
    }));
  }

  /** Every rule. */
  public static rules(): LintRuleDescription[] {
    return ALL_RULES.map(({ code, severity, like }) => ({ code, severity, like: [...like ?? []] }));
  }

  /** @internal */
  public static _run(traffic: Traffic, { severities = {} }: LintOptions, tell?: (done: number, all: number) => void): LintFound[] {
    return runLint(traffic._manifests, traffic._evaluator, ALL_RULES, regraded(severities), tell);
  }

  private constructor() {}
}

/** What is to be written. Nothing while something that another finding tells of keeps it from being made. */
function stateOf(scope: IConstruct): string | undefined {
  try {
    return JSON.stringify(fromConstructs([scope]).objects.map(({ document }) => document));
  } catch {
    return undefined;
  }
}

function errorsOf(traffic: Traffic, options: LintOptions): string[] {
  return Lint._run(traffic, options).filter(({ severity }) => severity === 'error').map(lintText);
}

function regraded(severities: Readonly<Record<string, string>>): Regraded {
  const codes = ALL_RULES.map(({ code }) => code);
  for (const [code, severity] of Object.entries(severities)) {
    if (!codes.includes(code)) throw new InputError(`no rule has the code "${code}"; ${suggestion(code, codes, `there are ${listed(codes)}`)}`);
    if (!GRADES.includes(severity)) throw new InputError(`"${severity}" for ${code} is no severity; ${suggestion(severity, GRADES, `there are ${listed(GRADES)}`)}`);
  }
  return new Map(Object.entries(severities) as [string, Severity | 'off'][]);
}
