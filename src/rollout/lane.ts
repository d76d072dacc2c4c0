import { CookieMatch } from '../declaration/cookie-match';
import { HeaderMatch } from '../declaration/header-match';

/** @internal */
export interface LaneModel {
  readonly kind: 'header' | 'cookie';
  readonly name: string;
  readonly value: string;
}

/**
 * A mark on requests that keeps them on one version, in every service of a rollout: the candidate, or the one that a step opens the lane for. In
 * services without a rollout they take the usual way.
 *
 * The services themselves have to hand the mark on in the requests that they send: no mesh does that. A request with the mark gets what the
 * declared routes say (path rewrites, timeouts, faults), with the version of the lane as its own.
 */
export class Lane {
  /**
   * Requests with a header. The value is compared exactly, the name whatever its case.
   *
   * @param name name of the header (`lane-invalid` if empty, `header-invalid` if no header can have it)
   * @param value value of the header (`lane-invalid` if empty)
   */
  public static header(name: string, value: string): Lane {
    return new Lane({ kind: 'header', name, value });
  }

  /**
   * Requests with a cookie. Name and value are compared exactly.
   *
   * @param name name of the cookie (`lane-invalid` if empty, `match-invalid` if no cookie can have it)
   * @param value value of the cookie (`lane-invalid` if empty)
   */
  public static cookie(name: string, value: string): Lane {
    return new Lane({ kind: 'cookie', name, value });
  }

  private constructor(private readonly model: LaneModel) {}

  /** @internal */
  public _toModel(): LaneModel {
    return this.model;
  }

  /** @internal */
  public _headers(): HeaderMatch[] {
    return this.model.kind === 'header' ? [HeaderMatch.exact(this.model.name, this.model.value)] : [];
  }

  /** @internal */
  public _cookies(): CookieMatch[] {
    return this.model.kind === 'cookie' ? [CookieMatch.exact(this.model.name, this.model.value)] : [];
  }
}
