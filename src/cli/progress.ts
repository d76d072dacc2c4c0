import { Output } from './output';

/** Takes what stands in the line away. */
export const LINE_START = '\r\u001b[K';

/** Nobody needs to be told of what is done before. */
const PATIENCE = 2000;

const EVERY = 100;

/** Says on the standard error output how far long work has come: on a terminal in a line that goes away, elsewhere in one line. */
export class Progress {
  private readonly began = Date.now();
  private last = 0;
  private shown = false;

  public constructor(private readonly output: Output) {}

  /** Shows how far it is, if it takes long. */
  public say(text: string): void {
    const now = Date.now();
    if (!this.output.live || now - this.began < PATIENCE || now - this.last < EVERY) return;
    this.last = now;
    this.shown = true;
    this.output.error(`${LINE_START}${text}`);
  }

  /** For work in many steps: says how many of them are done. */
  public counting(what: string): (done: number, all: number) => void {
    return (done, all) => this.say(`${what}: ${done} of ${all}`);
  }

  /** Says what is waited for, also while nothing happens. */
  public async during<T>(text: string | (() => string), work: Promise<T>): Promise<T> {
    const tell = () => this.waiting(typeof text === 'string' ? text : text());
    const timer = setTimeout(tell, PATIENCE);
    return work.finally(() => clearTimeout(timer));
  }

  /** Takes the line away again. */
  public end(): void {
    if (this.output.live && this.shown) this.output.error(LINE_START);
    this.shown = false;
  }

  private waiting(text: string): void {
    if (this.output.live) this.say(text);
    else this.output.error(`canary: ${text}\n`);
  }
}
