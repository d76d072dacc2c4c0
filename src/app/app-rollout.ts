/** A rollout as the app sees it. */
export interface AppRollout {
  /** The same for all services that move together. */
  readonly identity: object;
  /** Names of its stages. */
  readonly stages: readonly string[];
  /** Folders of its stages and ways back. */
  readonly folders: readonly string[];
  /** What has to hold after each stage, by its folder, for people. */
  readonly gates: ReadonlyMap<string, readonly string[]>;
  /** Folders of ways back at which the traffic goes where the first stage sends it. */
  readonly returned: ReadonlySet<string>;
  /** Deployments that somebody else writes, and that get nothing any more at the end: `Deployment shop/web`. */
  readonly left: readonly string[];
  /** The first folder that holds the same, itself or an earlier one. */
  firstLike(folder: string): string;
}
