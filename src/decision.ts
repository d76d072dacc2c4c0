import { HeaderChanges, PathChange, Redirect } from './evaluation/route-table';
import { Share } from './evaluation/share';
import { Outcome, sharesByVersion, Verdict } from './evaluation/verdict';
import { decisionText, redirectText } from './report/decision-text';

/**
 * What becomes of a path.
 */
export interface DecisionPathChange {
  /** What is replaced: `full` for all of the path, `prefix` for the part that the rule looked at, `regex` for everything that an expression finds. */
  readonly kind: string;

  /** What stands there instead. */
  readonly value: string;

  /**
   * The expression of the kind `regex`, in RE2.
   *
   * @default - none
   */
  readonly pattern?: string;
}

/**
 * Where a client is sent that is told to ask elsewhere. What is not said stays as it was asked for.
 */
export interface DecisionRedirect {
  /** HTTP status: 301, 302, 303, 307 or 308. */
  readonly statusCode: number;

  /**
   * `http` or `https`.
   *
   * @default - that of the request
   */
  readonly scheme?: string;

  /**
   * Host to ask.
   *
   * @default - that of the request
   */
  readonly host?: string;

  /**
   * Port to ask on.
   *
   * @default - as the gateway or proxy has it: most often that of the scheme if a scheme is said, else that of the request
   */
  readonly port?: number;

  /**
   * Path to ask for.
   *
   * @default - that of the request
   */
  readonly path?: DecisionPathChange;
}

/**
 * What is changed in a request before it is sent on.
 */
export interface DecisionRewrite {
  /**
   * Host that the backend is asked for.
   *
   * @default - that of the request
   */
  readonly host?: string;

  /**
   * Path that the backend is asked for.
   *
   * @default - that of the request
   */
  readonly path?: DecisionPathChange;
}

/**
 * Headers that are changed. Their names stand there as they were written; case makes no difference.
 */
export interface DecisionHeaderChanges {
  /** Headers that get this value, in place of any others. */
  readonly set: Record<string, string>;

  /** Headers that get this value besides those that they have. */
  readonly add: Record<string, string>;

  /** Names of headers that are taken away. */
  readonly remove: string[];
}

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
   * The Service that the pods are reached by, as `kind namespace/name`.
   *
   * @default - no pod answers
   */
  readonly service?: string;

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
   * Where the client is sent instead.
   *
   * @default - it is not told to ask elsewhere
   */
  readonly redirect?: DecisionRedirect;

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

  /**
   * What becomes of copies, whose answers nobody gets: an outcome for each workload, with its share of all requests. Empty if nothing is mirrored.
   * The shares do not add up to 1: 10 percent that are mirrored to one version are 0.1.
   */
  public readonly mirrors: DecisionOutcome[];

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

  /** What an injected fault answers: an HTTP status, or the name of a gRPC status; empty for no such fault. */
  public readonly abortStatus: string;

  /** How many of the requests an injected fault answers, in percent; 0 for none. The outcomes count them in. */
  public readonly abortPercent: number;

  /** After how long a request is given up, in milliseconds; 0 for never. */
  public readonly timeoutMillis: number;

  /** How often a failed request is tried again, at most; 0 for never, also where nothing is sent on. */
  public readonly retries: number;

  /** What a request is tried again on, in the words of the mesh or gateway; empty where it is not, or nothing says. */
  public readonly retryOn: string;

  /** How long one try may take, in milliseconds; 0 where nothing says. */
  public readonly perTryTimeoutMillis: number;

  /** What is changed in the request before it is sent on; `undefined` for nothing. */
  public readonly rewrite?: DecisionRewrite;

  /** Headers of the request that are changed before it is sent on; `undefined` for none. */
  public readonly requestHeaders?: DecisionHeaderChanges;

  /** Headers of the answer that are changed before the client gets it; `undefined` for none. */
  public readonly responseHeaders?: DecisionHeaderChanges;

  private constructor(
    /** @internal */
    public readonly _verdict: Verdict,
  ) {
    const { outcomes, mirrors, rule, followed, doubts, filters } = _verdict;
    this.outcomes = outcomes.map(toOutcome);
    this.mirrors = mirrors.map(toOutcome);
    this.rule = rule ? [rule.object?.title, rule.name ?? rule.place].filter(Boolean).join(' ') : '';
    this.followed = followed ?? '';
    this.doubts = [...doubts];
    this.delayMillis = filters.delay?.milliseconds ?? 0;
    this.delayPercent = filters.delay?.percent ?? 0;
    this.abortStatus = `${filters.abort?.status ?? ''}`;
    this.abortPercent = filters.abort?.percent ?? 0;
    this.timeoutMillis = filters.timeoutMilliseconds ?? 0;
    this.retries = filters.retries?.attempts ?? 0;
    this.retryOn = filters.retries?.on ?? '';
    this.perTryTimeoutMillis = filters.retries?.perTryMilliseconds ?? 0;
    this.rewrite = toRewrite(filters.hostRewrite, filters.pathRewrite);
    this.requestHeaders = filters.requestHeaders && toHeaderChanges(filters.requestHeaders);
    this.responseHeaders = filters.responseHeaders && toHeaderChanges(filters.responseHeaders);
  }

  /** Shares from 0 to 1 of the versions that answer. */
  public get shares(): Record<string, number> {
    return Object.fromEntries([...sharesByVersion(this._verdict.outcomes)].map(([version, share]) => [version, share.toNumber()]));
  }

  /**
   * Share of one version, or of one workload.
   *
   * @param name name of a version or of a workload
   * @returns a number from 0 to 1
   */
  public share(name: string): number {
    return sum(this._verdict.outcomes, (one) => isOf(one, name));
  }

  /**
   * Share of the requests of which one version, or one workload, gets a copy.
   *
   * @param name name of a version or of a workload
   * @returns a number from 0 to 1
   */
  public mirrorShare(name: string): number {
    return sum(this._verdict.mirrors, (one) => isOf(one, name));
  }

  /**
   * Share that is answered with a status by a proxy.
   *
   * @param status HTTP status, name of a gRPC status, or `closed`
   * @returns a number from 0 to 1
   */
  public statusShare(status: string): number {
    return sum(this._verdict.outcomes, (one) => one.kind === 'answered' && `${one.status}` === status);
  }

  /** Share that reaches no backend although it was to: missing, without pods, or not matched by any rule. */
  public get lost(): number {
    return sum(this._verdict.outcomes, (one) => one.kind === 'answered' && (one.cause === 'lost' || one.cause === 'unmatched'));
  }

  /** Share that is not let in by access rules. */
  public get denied(): number {
    return sum(this._verdict.outcomes, (one) => one.kind === 'answered' && one.cause === 'denied');
  }

  /** The decision as a person reads it. */
  public toString(): string {
    return decisionText(this._verdict);
  }
}

function sum(outcomes: readonly Outcome[], of: (outcome: Outcome) => boolean): number {
  return outcomes.filter(of).reduce((total, { share }) => total.plus(share), Share.none).toNumber();
}

function isOf(one: Outcome, name: string): boolean {
  return one.kind === 'pods' && (one.version === name || one.workload.name === name);
}

function toOutcome(one: Outcome): DecisionOutcome {
  const share = { share: one.share.toNumber(), exactShare: one.share.toString() };
  switch (one.kind) {
    case 'pods': return { ...share, version: one.version, workload: one.workload.object.title, service: one.service.object.title };
    case 'answered': return { ...share, status: `${one.status}`, reason: one.reason };
    case 'redirected': return { ...share, status: `${one.redirect.status}`, reason: redirectText(one.redirect), redirect: toRedirect(one.redirect) };
    case 'outside': return { ...share, outside: one.host };
  }
}

function toRedirect({ status, scheme, host, port, path }: Redirect): DecisionRedirect {
  return { statusCode: status, scheme, host, port, path: path && toPathChange(path) };
}

function toRewrite(host: string | undefined, path: PathChange | undefined): DecisionRewrite | undefined {
  return host === undefined && path === undefined ? undefined : { host, path: path && toPathChange(path) };
}

function toPathChange(change: PathChange): DecisionPathChange {
  return { kind: change.kind, value: change.value, pattern: change.kind === 'regex' ? change.pattern : undefined };
}

function toHeaderChanges({ set, add, remove }: HeaderChanges): DecisionHeaderChanges {
  return { set: { ...set }, add: { ...add }, remove: [...remove] };
}
