/**
 * The resident's screen against the real kiosk on its bench: virtual people at its virtual devices, a page in Chromium
 * that they read and touch, and an officer at the staff's screen where nobody else may go on.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest';
import { captures, reasons, texts } from '../../src/ui/web/resident/texts.ts';
import { launchBrowser, openPage } from './browser.ts';
import { type RunningKiosk, startKiosk } from './kiosk.ts';
import { QUICK, residentAt, stands } from './resident-person.ts';

const DEVICES = ['finger', 'photo', 'iris', 'pad', 'scanner', 'printer'];
const PORTRAIT = { width: 1080, height: 1920 };

let kiosk: RunningKiosk;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  [kiosk, browser] = await Promise.all([startKiosk(DEVICES, QUICK), launchBrowser()]);
  ({ page, errors } = await openPage(browser, kiosk.screens.resident, PORTRAIT));
  page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await browser?.close();
  await kiosk?.stop();
});
beforeEach(() => {
  onTestFailed(async () => {
    console.log(
      `the page shows:\n${await page.locator('body').innerText()}\nthe kiosk says:\n${kiosk.log()}`,
    );
  });
});

describe('a resident', () => {
  it('is recorded alone as far as an officer must see their papers', async () => {
    const endah = residentAt(page, 'endah');
    await endah.sees(texts.welcome);
    await endah.press(texts.begin);
    await endah.press(texts.serviceRecord);
    await endah.press(reasons.new);
    await endah.sees(texts.identifyTitle);
    await stands(page, 'endah');
    await endah.act();
    await endah.press(texts.noticeAgree);
    await endah.sees(texts.biodataTitle);
    await page.getByText('SRI "ENDAH" WAHYUNI', { exact: true }).waitFor();
    await endah.press(texts.biodataRight);
    const seen = await endah.goOnUntil(texts.reviewTitle);
    for (const step of [
      'photo',
      'signature',
      'right-four',
      'left-four',
      'thumbs',
      'irises',
      'chip-fingers',
    ] as const)
      expect(seen).toContain(captures[step].title.id);
    expect(await page.locator('.recorded li').count()).toBe(7);
    await endah.press(texts.reviewApprove);
    await endah.goOnUntil(texts.gateTitle);
  });
});

it('met no error on the page, not even a forbidden style', () => {
  expect(errors).toEqual([]);
});
