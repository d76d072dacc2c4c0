import { VersionProps } from './version';

/** A version at a stage of a rollout. */
export interface StagedVersion extends VersionProps {
  /** It has no pods at this stage, or they are only coming back, and nothing is sent to it. */
  readonly idle?: boolean;
}
