/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/* Functions that run in the browser: each is sent there by itself, and so holds all that it uses. */

/** What a reader would stumble over. */
export function problemsSeen(): string[] {
  const SMALLEST_TEXT = 12;
  const LEAST_CONTRAST = 4.5;
  const LEAST_CONTRAST_OF_SHAPES = 3;
  const SMALLEST_TARGET = 24;
  const problems: string[] = [];
  const width = document.documentElement.clientWidth;

  interface Seen { readonly text: string; readonly element: Element; readonly box: DOMRect }

  function texts(): Seen[] {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: Seen[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const element = node.parentElement;
      if (text === '' || !element || !element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || element.closest('thead') && width < 705) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 0 && box.height > 0) found.push({ text: text.slice(0, 40), element, box });
    }
    return found;
  }

  function colour(text: string): number[] {
    return [...text.matchAll(/[\d.]+/g)].map(([number]) => Number(number));
  }

  function luminance([red, green, blue]: readonly number[]): number {
    const linear = [red, green, blue].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  /** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
  function contrast(one: string, other: string): number {
    const [darker, lighter] = [luminance(colour(one)), luminance(colour(other))].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  }

  function ground(element: Element | null): string {
    for (let one = element; one; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one);
      if (colour(backgroundColor)[3] !== 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  }

  function sizeOf(element: Element): number {
    const size = parseFloat(getComputedStyle(element).fontSize);
    const drawing = element.closest('svg');
    return drawing ? size * drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : size;
  }

  if (document.documentElement.scrollWidth > width) problems.push(`the page is ${document.documentElement.scrollWidth} wide and scrolls sideways in ${width}`);

  const seen = texts();
  for (const { text, element, box } of seen) {
    if (box.left < -0.5 || box.right > width + 0.5) problems.push(`"${text}" is outside of the page`);
    if (sizeOf(element) < SMALLEST_TEXT - 0.01) problems.push(`"${text}" is ${sizeOf(element).toFixed(1)} px high`);
    const name = element.matches('svg .name');
    const drawing = element.closest('svg')?.getBoundingClientRect();
    if (drawing && (box.left < drawing.left - 0.5 || box.right > drawing.right + 0.5 || box.top < drawing.top - 1 || box.bottom > drawing.bottom + 1)) problems.push(`"${text}" leaves its drawing`);
    const shape = name ? element.previousElementSibling! : undefined;
    const frame = shape?.getBoundingClientRect();
    if (frame && (box.left < frame.left || box.right > frame.right)) problems.push(`"${text}" leaves its box`);
    const ink = drawing ? getComputedStyle(element).fill : getComputedStyle(element).color;
    const behind = shape ? getComputedStyle(shape).fill : ground(element);
    if (contrast(ink, behind) < LEAST_CONTRAST) problems.push(`"${text}" has a contrast of ${contrast(ink, behind).toFixed(2)}: ${ink} on ${behind}`);
  }

  const ordered = [...seen].sort((a, b) => a.box.top - b.box.top);
  ordered.forEach((one, index) => {
    for (const other of ordered.slice(index + 1)) {
      if (other.box.top >= one.box.bottom) break;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      // Boxes of lines are higher than their letters.
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > 1 && down > 0.4 * Math.min(one.box.height, other.box.height)) problems.push(`"${one.text}" and "${other.text}" overlap`);
    }
  });

  for (const element of document.querySelectorAll('main *')) {
    const { overflowX, clipPath } = getComputedStyle(element);
    if (overflowX !== 'visible' && clipPath === 'none' && element.scrollWidth > element.clientWidth + 1) problems.push(`<${element.tagName.toLowerCase()} class="${element.className}"> is cut or scrolls`);
  }

  for (const shape of document.querySelectorAll('.bar span, svg .box')) {
    const paint = shape.matches('svg .box') ? getComputedStyle(shape).fill : getComputedStyle(shape).backgroundColor;
    if (shape.checkVisibility() && contrast(paint, ground(shape.closest('section, .timeline'))) < LEAST_CONTRAST_OF_SHAPES) problems.push(`a shape is too pale: ${paint}`);
  }

  // What is on paper is not touched.
  for (const target of matchMedia('print').matches ? [] : document.querySelectorAll('summary, .timeline a')) {
    const { height } = target.getBoundingClientRect();
    if (target.checkVisibility() && height < SMALLEST_TARGET) problems.push(`"${target.textContent?.slice(0, 40)}" is only ${height} px high to be touched`);
  }
  return [...new Set(problems)];
}

/** Nobody can unfold anything on paper. */
export function hiddenFolds(): string[] {
  return [...document.querySelectorAll('details')].flatMap((details) => {
    return details.querySelector('.fold')!.checkVisibility() ? [] : [`"${details.querySelector('summary')?.textContent?.slice(0, 40)}" stays folded on paper`];
  });
}
