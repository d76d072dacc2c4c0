/** A rollout as the app sees it. */
export interface AppRollout {
  /** The same for all services that move together. */
  readonly identity: object;
  /** Names of its stages. */
  readonly stages: readonly string[];
  /** Folders of its stages and ways back. */
  readonly folders: readonly string[];
  /** How to apply them, for people. */
  readonly guide: string;
  /** The first folder that holds the same, itself or an earlier one. */
  firstLike(folder: string): string;
}
