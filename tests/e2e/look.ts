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
