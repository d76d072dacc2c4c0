/**
 * Changes to the headers of requests or responses. Values are taken as they are: no placeholders.
 *
 * Refused at synthesis: names that HTTP does not allow, and the Host header, which `Rewrite.hostname` changes (`header-invalid`).
 */
export interface HeaderChanges {
  /**
   * Headers that get just this value.
   *
   * @default - none
   */
  readonly set?: { [name: string]: string };

  /**
   * Headers that get one more value.
   *
   * @default - none
   */
  readonly add?: { [name: string]: string };

  /**
   * Headers that are taken away.
   *
   * @default - none
   */
  readonly remove?: string[];
}
