import { VersionProps } from './version';

/** A version at a stage of a rollout. */
export interface StagedVersion extends VersionProps {
  /** It has no pods at this stage, or only got them back: nobody calls it by its name. */
  readonly idle?: boolean;
  /** Nothing was ever sent to it. */
  readonly untouched?: boolean;
  /** Not even a Deployment without pods is there. */
  readonly undeployed?: boolean;
}
