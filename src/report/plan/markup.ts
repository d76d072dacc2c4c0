/** Text inside of HTML and SVG, in elements as in attributes. Characters that neither may hold are left out. */
export function escaped(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A number stays beside its sign. */
export function nonBreaking(text: string): string {
  return escaped(text).replace(/(\d) %/g, '$1&nbsp;%');
}
