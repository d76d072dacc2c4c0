/** Text inside of HTML and SVG, in elements as in attributes. Characters that neither may hold are left out. */
export function escaped(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Colours are given to versions in their order; behind the last one they begin again. */
export const COLOURS = 6;

export function colourOf(version: string, versions: readonly string[]): string {
  return `v${versions.indexOf(version) % COLOURS}`;
}
