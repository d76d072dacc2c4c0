import { lstatSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Puts files into their places one by one, and can undo all of it. What stood there waits in a folder of the same file system. */
export class Exchange {
  private readonly undo: (() => void)[] = [];
  private kept = 0;

  public constructor(private readonly attic: string) {
    mkdirSync(attic);
  }

  public putFolder(folder: string): void {
    const created = mkdirSync(folder, { recursive: true });
    if (created !== undefined) this.undo.push(() => rmSync(created, { recursive: true }));
  }

  public putFile(from: string, to: string): void {
    this.putFolder(dirname(to));
    const there = lstatSync(to, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Error(`"${to}" is a folder, and a file has to go there: move the folder away`);
    if (there) this.removeFile(to);
    renameSync(from, to);
    this.undo.push(() => rmSync(to));
  }

  public writeFile(file: string, content: string): void {
    const fresh = join(this.attic, 'fresh');
    writeFileSync(fresh, content);
    this.putFile(fresh, file);
  }

  public removeFile(file: string): void {
    const place = join(this.attic, String(this.kept++));
    renameSync(file, place);
    this.undo.push(() => renameSync(place, file));
  }

  /** Removes a folder if it has become empty. */
  public removeEmptyFolder(folder: string): void {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
    this.undo.push(() => mkdirSync(folder));
  }

  /** Puts everything back. Throws if something cannot be: it waits in the attic then. */
  public undoAll(): void {
    try {
      while (this.undo.length > 0) this.undo.pop()!();
    } catch (problem) {
      throw new Error(`the files that stood there before could not be put back, they are in "${this.attic}": ${(problem as Error).message}`);
    }
  }
}
