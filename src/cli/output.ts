/** Where a command writes to. */
export interface Output {
  /** Whether a person sees it in colours. */
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether a person watches the errors come: lines may be written over. */
  readonly live: boolean;
  write(text: string): void;
  error(text: string): void;
}

/** The command cannot do its work: wrong arguments, or files that are not there. */
export class Failure extends Error {}

export type Ended = (code: number) => void;

const CODES = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;

export function coloured(output: Output, colour: keyof typeof CODES, text: string): string {
  return output.colours ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
}
