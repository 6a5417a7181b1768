/**
 * Every screen that a resident can meet, shown by the real server in Chromium: legible, reachable, safe to touch, at the
 * size of the two screens that a kiosk has.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordingPolicy } from '../../src/flows/recording-policy.ts';
import type { StationStatus } from '../../src/flows/station-status.ts';
import type { UiServer } from '../../src/ui/server/server.ts';
import { residentScreens } from '../ui/resident-statuses.ts';
import { type ScriptedStation, scriptStation } from '../ui/scripted-station.ts';
import { launchBrowser, openPage } from './browser.ts';
import { clipped, faintTexts, smallTargets } from './look.ts';
import { serveResident } from './resident-server.ts';

/** Diagonals in inches. */
const KIOSK = { width: 1080, height: 1920, inches: 21.5 };
const TABLET = { width: 1280, height: 800, inches: 10.1 };

const place = { readers: ['new'], inches: KIOSK.inches };
const photo = await sharp({ create: { width: 150, height: 200, channels: 3, background: '#a3161c' } })
  .jpeg()
  .toBuffer();

let browser: Browser;
let server: UiServer;
let station: ScriptedStation;
let page: Page;
let errors: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  station = scriptStation();
  server = await serveResident({ station, policy: recordingPolicy.parse({}), place }, photo);
  ({ page, errors } = await openPage(browser, server.addresses[0] ?? '', KIOSK));
  page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(() => stand(KIOSK));

/** The page on this screen. */
async function stand({ width, height, inches }: typeof KIOSK): Promise<void> {
  place.inches = inches;
  await page.setViewportSize({ width, height });
  station.show(station.status());
}

/** Shows a status in a language and waits until the page has painted it. */
async function show(status: StationStatus, language = 'id'): Promise<void> {
  station.show(status.session ? { ...status, session: { ...status.session, language } } : status);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 40))));
}

const everyScreen = Object.entries(residentScreens);

describe('every screen of a resident', () => {
  it('passes axe, the size of targets too', async () => {
    for (const [index, [name, status]] of everyScreen.entries()) {
      await show(status);
      // Its source is half a megabyte, and stays in the page.
      const source = index === 0 ? {} : { axeSource: ';' };
      // Contrast is measured below, and stricter. Legacy mode: there are no frames to look into.
      const axe = new AxeBuilder({ page, ...source }).setLegacyMode().options({
        resultTypes: ['violations'],
        rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: true } },
      });
      const { violations } = await axe.analyze();
      expect({ name, violations: violations.map(({ id, nodes }) => [id, nodes[0]?.html]) }).toEqual({
        name,
        violations: [],
      });
    }
  });

  it.each([
    ['id', KIOSK],
    ['en', TABLET],
    ['id', TABLET],
  ] as const)('is legible, whole, and large enough to touch (%s, %o)', async (language, screen) => {
    await stand(screen);
    for (const [name, status] of everyScreen) {
      await show(status, language);
      expect({
        name,
        faint: await faintTexts(page, 10),
        clipped: await clipped(page),
        small: await smallTargets(page, { least: 16, main: 20, inches: screen.inches }),
      }).toEqual({ name, faint: [], clipped: [], small: [] });
    }
  });

  it.each([
    ['dark', {}, 10],
    ['light', { contrast: true }, 20],
  ] as const)(
    'keeps its contrast: %s %o',
    async (colorScheme, { contrast = false }: { contrast?: boolean }, least) => {
      await page.emulateMedia({ colorScheme });
      await show(residentScreens.notice!);
      if (contrast) await page.getByRole('button', { name: 'Kontras' }).click();
      for (const [name, status] of everyScreen.filter(([, { session }]) => session)) {
        await show(status);
        const head = await page.locator('.resident-head, .fee').allInnerTexts();
        const faint = (await faintTexts(page, least)).filter((text) => !isIn(head, text));
        expect({ name, faint }).toEqual({ name, faint: [] });
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await show(residentScreens.welcome!);
    },
  );

  it('loses nothing with text of twice the size', async () => {
    const lost: Record<string, string[]> = {};
    for (const screen of [KIOSK, TABLET]) {
      await stand(screen);
      await page.evaluate(() => document.documentElement.style.setProperty('--text-scale', '2'));
      for (const [name, status] of everyScreen) {
        await show(status);
        const texts = await clipped(page);
        if (texts.length > 0) lost[`${name} ${screen.inches}″`] = texts;
      }
    }
    await page.evaluate(() => document.documentElement.style.removeProperty('--text-scale'));
    expect(lost).toEqual({});
  });
});

/** The head and the notice have colours of their own in every theme, of at least 10:1. */
function isIn(head: readonly string[], faint: string): boolean {
  const words = faint.replace(/^[\d.]+: /, '');
  return head.some((text) => text.includes(words));
}

it('met no error on the page, not even a forbidden style', () => {
  expect(errors).toEqual([]);
});
