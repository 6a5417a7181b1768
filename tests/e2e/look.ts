/** Measures what Chromium has painted: contrast of every text, size of what is touched, what does not fit. */
import type { Page } from 'playwright-core';

/** Texts whose contrast with the ground below them is under `least`, as `ratio: text`. */
export function faintTexts(page: Page, least: number): Promise<string[]> {
  return page.evaluate((wanted) => {
    /** Red, green, blue, 0–255, and opacity. */
    const parse = (color: string) => {
      const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
      return { rgb: [r, g, b], a };
    };
    /** WCAG 2.2, relative luminance. */
    const luminance = (rgb: number[]) => {
      const [r = 0, g = 0, b = 0] = rgb.map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element: Element | null): number[] => {
      for (let at = element; at; at = at.parentElement) {
        const { rgb, a } = parse(getComputedStyle(at).backgroundColor);
        if (a === 1) return rgb;
      }
      return [255, 255, 255];
    };
    const faint: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent?.trim();
      const element = texts.currentNode.parentElement;
      if (!text || !element?.checkVisibility()) continue;
      const [one, other] = [
        luminance(parse(getComputedStyle(element).color).rgb),
        luminance(groundOf(element)),
      ];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (ratio < wanted) faint.push(`${ratio.toFixed(1)}: ${text}`);
    }
    return faint;
  }, least);
}

/** Height in mm of every action that is shown, by its words. */
export function actionHeights(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const actions = [...document.querySelectorAll('.actions button, .confirm button')];
    return Object.fromEntries(
      actions.map((action) => [
        action.textContent?.trim(),
        (action.getBoundingClientRect().height / 96) * 25.4,
      ]),
    );
  });
}

/** What is wider than its place: words cut off or a page that scrolls sideways. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('html, .desk main, .actions, button, .task, .failure, .verdict')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ className, textContent }) => `${className}: ${textContent?.slice(0, 40)}`),
  );
}

/**
 * What can be touched and is smaller than `least` mm in a direction, main actions than `main` mm, on a screen of that
 * diagonal; as `⟨mm⟩: text`.
 */
export function smallTargets(
  page: Page,
  wanted: { readonly least: number; readonly main: number; readonly inches: number },
): Promise<string[]> {
  return page.evaluate(({ least, main, inches }) => {
    const pixelsPerMm = Math.hypot(innerWidth, innerHeight) / (inches * 25.4);
    return [...document.querySelectorAll('button, input')].flatMap((element) => {
      if (!element.checkVisibility()) return [];
      const { width, height } = element.getBoundingClientRect();
      const side = Math.min(width, height) / pixelsPerMm;
      const floor = element.classList.contains('main') ? main : least;
      // Sizes are rounded to pixels of the screen.
      return side + 0.5 / pixelsPerMm < floor ? [`${side.toFixed(1)}: ${element.textContent?.trim()}`] : [];
    });
  }, wanted);
}

/** Texts of which something cannot be seen, nor be scrolled to: cut off, beyond the edge, or under another text. */
export function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const lost: string[] = [];
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflow);
    for (const element of document.querySelectorAll('.resident *, dialog[open] *')) {
      const text = [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent)
        .join('')
        .trim();
      if (!text || !element.checkVisibility() || getComputedStyle(element).clipPath !== 'none') continue;
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = range.getBoundingClientRect();
      if (box.left < -1 || box.right > innerWidth + 1) lost.push(`beyond the side: ${text}`);
      const scroller = [...ancestors(element)].find(scrolls);
      const frame = scroller?.getBoundingClientRect();
      if (frame && (box.left < frame.left - 1 || box.right > frame.right + 1)) lost.push(`cut off: ${text}`);
      if (!scroller && (box.top < -1 || box.bottom > innerHeight + 1)) lost.push(`beyond the end: ${text}`);
      const button = element.closest('button')?.getBoundingClientRect();
      if (button && (box.left < button.left || box.right > button.right || box.bottom > button.bottom + 1))
        lost.push(`out of its button: ${text}`);
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      const isScrolledAway = frame && (y < frame.top || y > frame.bottom);
      const dialog = document.querySelector('dialog[open]');
      if (isScrolledAway || y < 0 || y > innerHeight || (dialog && !dialog.contains(element))) continue;
      const upon = document.elementFromPoint(x, y);
      if (upon && !upon.contains(element) && !element.contains(upon)) lost.push(`covered: ${text}`);
    }
    return lost;

    function* ancestors(element: Element) {
      for (let at = element.parentElement; at; at = at.parentElement) yield at;
    }
  });
}
