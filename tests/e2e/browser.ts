/** Debian's Chromium, without a window and without calls home. */
import { type Browser, chromium, type Page } from 'playwright-core';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--headless=new', '--disable-gpu', '--disable-background-networking'],
  });
}

/** A page that stands still, and the errors it met (a Content-Security-Policy violation is one). */
export async function openPage(browser: Browser, address: string, size = { width: 1280, height: 800 }) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => {
    // Without clips of its sentences a screen is silent, and complete.
    const isClip = line.location().url.includes('/speech/');
    if (line.type() === 'error' && !isClip) errors.push(line.text());
  });
  await page.goto(address);
  return { page, errors };
}

export const heading = (page: Page) => page.getByRole('heading', { level: 1 });
