import { Duration } from 'cdk8s';
import { Fault as FaultModel } from '../model/routing-model';

/**
 * Options for `Fault.delay`, `Fault.abort` and `Fault.abortGrpc`.
 */
export interface FaultOptions {
  /**
   * Share of the rule's requests that the fault hits, in percent, 0 to 100, decimals allowed. Refused outside (`fault-invalid`).
   *
   * @default 100
   */
  readonly percent?: number;

  /**
   * Said when a fault without any condition is meant: without it, such a fault is refused (`fault-all-traffic`).
   *
   * @default false
   */
  readonly allTraffic?: boolean;
}

/**
 * A fault that the mesh makes up, to see how clients cope with it.
 */
export class Fault {
  /**
   * Requests wait before they go on.
   *
   * @param duration how long, at least 1 ms (`fault-invalid` otherwise)
   * @param options share of the requests
   */
  public static delay(duration: Duration, options: FaultOptions = {}): Fault {
    const delay = { duration: duration.toMilliseconds({ integral: false }), percent: options.percent ?? 100 };
    return new Fault({ delay, allTraffic: options.allTraffic ?? false });
  }

  /**
   * Requests are answered with a status instead of reaching a version.
   *
   * @param status HTTP status, 200 to 599 (`fault-invalid` otherwise)
   * @param options share of the requests
   */
  public static abort(status: number, options: FaultOptions = {}): Fault {
    return Fault.aborted({ kind: 'http', code: status }, options);
  }

  /**
   * gRPC calls are answered with a status instead of reaching a version.
   *
   * @param status gRPC status
   * @param options share of the calls
   */
  public static abortGrpc(status: GrpcStatus, options: FaultOptions = {}): Fault {
    return Fault.aborted({ kind: 'grpc', code: status }, options);
  }

  /**
   * A delay and an abort at once, their shares drawn independently. Two delays or two aborts are refused (`fault-invalid`).
   *
   * @param faults a delay and an abort
   */
  public static all(...faults: Fault[]): Fault {
    const models = faults.map((fault) => fault.model);
    const repeated = (['delay', 'abort'] as const).find((part) => models.filter((model) => model[part]).length > 1);
    const problem = repeated ? `a fault has one ${repeated} at most` : faults.map((fault) => fault.problem).find((inner) => inner !== undefined);
    return new Fault(Object.assign({}, ...models, { allTraffic: models.some((model) => model.allTraffic) }), problem);
  }

  private static aborted(status: NonNullable<FaultModel['abort']>['status'], options: FaultOptions): Fault {
    return new Fault({ abort: { status, percent: options.percent ?? 100 }, allTraffic: options.allTraffic ?? false });
  }

  private constructor(private readonly model: FaultModel, private readonly problem?: string) {}

  /** @internal */
  public _toModel(): FaultModel {
    return this.model;
  }

  /** @internal */
  public _problem(): string | undefined {
    return this.problem;
  }
}

/**
 * Status of a gRPC call.
 *
 * @see https://grpc.io/docs/guides/status-codes/
 */
export enum GrpcStatus {
  /** The call was cancelled. */
  CANCELLED = 'CANCELLED',
  /** Nobody knows what went wrong. */
  UNKNOWN = 'UNKNOWN',
  /** The client sent something wrong. */
  INVALID_ARGUMENT = 'INVALID_ARGUMENT',
  /** It took too long. */
  DEADLINE_EXCEEDED = 'DEADLINE_EXCEEDED',
  /** Something asked for is not there. */
  NOT_FOUND = 'NOT_FOUND',
  /** Something to be made is there already. */
  ALREADY_EXISTS = 'ALREADY_EXISTS',
  /** The caller may not do this. */
  PERMISSION_DENIED = 'PERMISSION_DENIED',
  /** A quota or a disk is used up. */
  RESOURCE_EXHAUSTED = 'RESOURCE_EXHAUSTED',
  /** The system is not in the state that the call needs. */
  FAILED_PRECONDITION = 'FAILED_PRECONDITION',
  /** The call lost against another one. */
  ABORTED = 'ABORTED',
  /** Beyond the valid range. */
  OUT_OF_RANGE = 'OUT_OF_RANGE',
  /** Not there in this server. */
  UNIMPLEMENTED = 'UNIMPLEMENTED',
  /** Something is broken inside. */
  INTERNAL = 'INTERNAL',
  /** The service cannot be reached for now. */
  UNAVAILABLE = 'UNAVAILABLE',
  /** Data is lost. */
  DATA_LOSS = 'DATA_LOSS',
  /** The caller did not say who it is. */
  UNAUTHENTICATED = 'UNAUTHENTICATED',
}
