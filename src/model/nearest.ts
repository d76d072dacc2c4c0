/** The known name that a misspelt or a shortened one most likely meant, or `undefined` when none is close. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(Math.max(name.length, best.candidate.length) / 2)) ? best.candidate : undefined;
}

/** `did you mean "web"?` for a name that nobody knows, or what to do where none is near. */
export function suggestion(name: string, known: readonly string[], otherwise: string): string {
  const near = nearest(name, known);
  return near === undefined ? otherwise : `did you mean "${near}"?`;
}

/** `known: "a", "b"` for messages. */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}

const SHORTEST_BEGINNING = 2;

/** Whoever writes the beginning of a name means it. */
function distance(name: string, candidate: string): number {
  if (name.length >= SHORTEST_BEGINNING && candidate.startsWith(name)) return Math.min(1, candidate.length - name.length);
  return editDistance(name, candidate);
}

/** Letters that are missing, too many, wrong, or that changed places (optimal string alignment), two rows at a time. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
