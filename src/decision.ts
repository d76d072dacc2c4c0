import { Share } from './evaluation/share';
import { Outcome, Verdict } from './evaluation/verdict';
import { decisionText } from './report/decision-text';

/**
 * One of the things that may become of a request.
 */
export interface DecisionOutcome {
  /** How often, as a number from 0 to 1, the nearest there is. */
  readonly share: number;

  /** How often, exactly: `1/3`, or `1` for always. */
  readonly exactShare: string;

  /**
   * Version of the pods that answer: their label `version`, `track` or `app.kubernetes.io/version`, or the name of the workload.
   *
   * @default - no pod answers
   */
  readonly version?: string;

  /**
   * The workload whose pods answer, as `kind namespace/name`.
   *
   * @default - no pod answers
   */
  readonly workload?: string;

  /**
   * What a proxy answers by itself: an HTTP status, the name of a gRPC status, or `closed` for a connection that is refused.
   *
   * @default - a pod answers, or something outside the manifests
   */
  readonly status?: string;

  /**
   * Why no pod answers.
   *
   * @default - a pod answers
   */
  readonly reason?: string;

  /**
   * Host outside the manifests that the request is sent to.
   *
   * @default - none
   */
  readonly outside?: string;
}

/**
 * What becomes of a request by the manifests. What chance decides stands there as shares; they are exact and add up to 1.
 */
export class Decision {
  /** @internal */
  public static _of(verdict: Verdict): Decision {
    return new Decision(verdict);
  }

  /** Everything that may happen. */
  public readonly outcomes: DecisionOutcome[];

  /** The rule that decided: its object and the place inside; empty where no rule did. */
  public readonly rule: string;

  /** Name of the mesh or kind of gateway whose rules were followed; empty for a plain Service. */
  public readonly followed: string;

  /** What makes the decision uncertain: what the manifests leave to chance, to age, or to what they do not say. */
  public readonly doubts: string[];

  /** How long a request is held up before it is sent on, in milliseconds; 0 for not at all. */
  public readonly delayMillis: number;

  /** How many of the requests are held up, in percent. */
  public readonly delayPercent: number;

  /** After how long a request is given up, in milliseconds; 0 for never. */
  public readonly timeoutMillis: number;

  /** How often a failed request is tried again. */
  public readonly retries: number;

  private constructor(
    /** @internal */
    public readonly _verdict: Verdict,
  ) {
    const { outcomes, rule, followed, doubts, filters } = _verdict;
    this.outcomes = outcomes.map(toOutcome);
    this.rule = rule ? [rule.object?.title, rule.name ?? rule.place].filter(Boolean).join(' ') : '';
    this.followed = followed ?? '';
    this.doubts = [...doubts];
    this.delayMillis = filters.delay?.milliseconds ?? 0;
    this.delayPercent = filters.delay?.percent ?? 0;
    this.timeoutMillis = filters.timeoutMilliseconds ?? 0;
    this.retries = filters.retries?.attempts ?? 0;
  }

  /** Shares from 0 to 1 of the versions that answer. */
  public get shares(): Record<string, number> {
    const versions = new Map<string, Share>();
    for (const one of this._verdict.outcomes) {
      if (one.kind === 'pods') versions.set(one.version, (versions.get(one.version) ?? Share.none).plus(one.share));
    }
    return Object.fromEntries([...versions].map(([version, share]) => [version, share.toNumber()]));
  }

  /**
   * Share of one version, or of one workload.
   *
   * @param name name of a version or of a workload
   * @returns a number from 0 to 1
   */
  public share(name: string): number {
    return this.sum((one) => one.kind === 'pods' && (one.version === name || one.workload.name === name));
  }

  /**
   * Share that is answered with a status by a proxy.
   *
   * @param status HTTP status, name of a gRPC status, or `closed`
   * @returns a number from 0 to 1
   */
  public statusShare(status: string): number {
    return this.sum((one) => one.kind === 'answered' && `${one.status}` === status);
  }

  /** Share that reaches no backend although it was to: missing, without pods, or not matched by any rule. */
  public get lost(): number {
    return this.sum((one) => one.kind === 'answered' && (one.cause === 'lost' || one.cause === 'unmatched'));
  }

  /** Share that is not let in by access rules. */
  public get denied(): number {
    return this.sum((one) => one.kind === 'answered' && one.cause === 'denied');
  }

  /** The decision as a person reads it. */
  public toString(): string {
    return decisionText(this._verdict);
  }

  private sum(of: (outcome: Outcome) => boolean): number {
    return this._verdict.outcomes.filter(of).reduce((total, { share }) => total.plus(share), Share.none).toNumber();
  }
}

function toOutcome(one: Outcome): DecisionOutcome {
  const share = { share: one.share.toNumber(), exactShare: one.share.toString() };
  switch (one.kind) {
    case 'pods': return { ...share, version: one.version, workload: one.workload.object.title };
    case 'answered': return { ...share, status: `${one.status}`, reason: one.reason };
    case 'redirected': return { ...share, status: `${one.redirect.status}`, reason: 'redirected' };
    case 'outside': return { ...share, outside: one.host };
  }
}
