import { Sender } from './destinations';

/** Where rules are put to use: in the sidecars of the mesh, or in one gateway. */
export interface Place {
  readonly sender: Sender;
  /** `mesh`, or `namespace/name` of the gateway. */
  readonly gateway: string;
  /** The proxy ends TLS, so that what it handles was `https`. */
  readonly https: boolean;
}
