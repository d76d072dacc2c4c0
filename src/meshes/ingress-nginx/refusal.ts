import { ErrorCode } from '../../model/finding-codes';

/** A finding that does not know its construct yet. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly place: string;
  readonly message: string;
  readonly remedy: string;
}
