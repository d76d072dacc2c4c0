/**
 * Text that stays text in Markdown, on one line and in its cell: names and header values of manifests may hold anything, a mention or an image too.
 * @see https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function escapedMarkdown(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/@/g, '&#64;').replace(/\$/g, '&#36;').replace(/:\/\//g, '&#58;//')
    .replace(/[\\`*_[\]|~]/g, '\\$&');
}
