/** Pieces of a pattern: escapes, classes, single characters. */
const PIECES = /\\[pP]\{[^}]*\}|\\.|\[\^?\]?(?:\[:[^\]]*:\]|\\.|[^\]\\])*\]|./gs;
const NEGATED: Record<string, string> = { '.': '[^;]', '\\D': '[^;\\d]', '\\W': '[^;\\w]', '\\S': '[^;\\s]' };

/** A pattern kept from running over a semicolon into the next cookie; nothing where it names one itself, or may in a way not seen through. */
export function withinCookie(pattern: string): string | undefined {
  const pieces = (pattern.match(PIECES) ?? []).map((piece) => {
    // A bracket that stands first in a class is one of its characters.
    if (piece.startsWith('[^')) return `[^;${piece.slice(2).replace(/^\](?=.)/, '\\]')}`;
    return NEGATED[piece] ?? piece;
  });
  return pieces.some(mayLeave) ? undefined : pieces.join('');
}

function mayLeave(piece: string): boolean {
  if (piece.startsWith('[^')) return false;
  if (piece.startsWith('[')) return piece.includes(';') || OPAQUE_CLASS.test(piece) || rangesOf(piece).some(([from, to]) => from <= ';' && ';' <= to);
  return piece.includes(';') || /^\\[pPxQC0-7]/.test(piece);
}

/** Escapes and named classes that are not looked into. */
const OPAQUE_CLASS = /\\[DWSpPx0-7]|\[:(punct|graph|print|ascii|\^)/;

function rangesOf(characterClass: string): string[][] {
  return [...characterClass.matchAll(/([^\\])-([^\]])/gs)].map(([, from, to]) => [from, to]);
}
