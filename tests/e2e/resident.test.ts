/**
 * The resident's screen against the real kiosk on its bench: virtual people at its virtual devices, a page in Chromium
 * that they read and touch, and an officer at the staff's screen where nobody else may go on.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest';
import type { Result } from '../../src/failures/failure.ts';
import { CAPTURE_STEPS } from '../../src/rules/recording.ts';
import { captures, questionOf, reasons, texts } from '../../src/ui/web/resident/texts.ts';
import { texts as general } from '../../src/ui/web/texts.ts';
import { attachBench, type Bench, benchSocket } from '../../src/virtual/client.ts';
import { launchBrowser, openPage } from './browser.ts';
import { type RunningKiosk, startKiosk } from './kiosk.ts';
import { signIn } from './officer.ts';
import { QUICK, residentAt, stands } from './resident-person.ts';

const DEVICES = ['finger', 'photo', 'iris', 'pad', 'scanner', 'printer'];
const PORTRAIT = { width: 1080, height: 1920 };

const LANDSCAPE = { width: 1280, height: 800 };

let kiosk: RunningKiosk;
let bench: Bench;
let browser: Browser;
let page: Page;
let errors: string[];
/** The page's line to the kiosk: `cut` breaks it, and lets none through until `mend`. */
const line = { sockets: new Set<WebSocketRoute>(), isCut: false };

beforeAll(async () => {
  [kiosk, browser] = await Promise.all([startKiosk(DEVICES, QUICK), launchBrowser()]);
  const { bench: settings } = JSON.parse(await readFile(kiosk.config, 'utf8'));
  bench = value(await attachBench(benchSocket(settings.folder)));
  ({ page, errors } = await openPage(browser, 'about:blank', PORTRAIT));
  page.setDefaultTimeout(20_000);
  await page.routeWebSocket(/\/live$/, (socket) => {
    if (line.isCut) return void socket.close({ code: 1011 });
    line.sockets.add(socket);
    socket.connectToServer();
  });
  await page.goto(kiosk.screens.resident);
});
afterAll(async () => {
  await bench?.stop();
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

async function cut(): Promise<void> {
  line.isCut = true;
  for (const socket of line.sockets) await socket.close({ code: 1011 });
  line.sockets.clear();
}
function mend(): void {
  line.isCut = false;
}

it('a resident is recorded alone as far as an officer must see the papers, then to receipt and survey', async () => {
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
  for (const step of CAPTURE_STEPS) expect(seen).toContain(captures[step].title.id);
  expect(await page.locator('.recorded li').count()).toBe(CAPTURE_STEPS.length);
  await endah.press(texts.reviewApprove);
  await endah.goOnUntil(texts.gateTitle);

  const officer = await signIn(kiosk.screens.staff);
  await officer.ask({ type: 'check-identity', means: 'family-card' });
  await endah.sees(captures['family-card'].title);
  await endah.goOnUntil(texts.gateTitle);
  await officer.ask({ type: 'scans-complete' });
  await endah.sees(texts.receiptTitle);
  officer.leave();
  await page.getByText(/^\d+ rekaman disimpan/).waitFor();
  await endah.press(texts.next);
  await endah.sees(texts.surveyTitle);

  for (let at = 1; at <= 9; at++) {
    await page.getByText(questionOf(at, 9).id).waitFor();
    await page.locator('.survey button').last().click();
  }
  await endah.press(texts.surveySend);
  await endah.sees(texts.endedTitle);
  await endah.press(texts.back);
  await endah.sees(texts.welcome);
  expect(await page.locator('body').innerText()).not.toContain('WAHYUNI');
});

it('in English and in landscape: a lost line and an unplugged sensor hold a resident up, and lose nothing', async () => {
  await page.setViewportSize(LANDSCAPE);
  await page.getByRole('button', { name: 'English' }).click();
  const ketut = residentAt(page, 'ketut', 'en');
  await ketut.press(texts.begin);
  await ketut.press(texts.serviceRecord);
  await ketut.press(reasons.moved);
  await ketut.sees(texts.identifyTitle);
  for (const digit of '1607126802750004') await page.keyboard.press(digit);
  await ketut.press(texts.next);
  await ketut.press(texts.noticeAgree);
  await stands(page, 'ketut');
  await ketut.sees(texts.biodataTitle);

  await cut();
  await page.getByText(general.lost.en).waitFor();
  expect(await page.getByRole('button', { name: texts.biodataRight.en }).isDisabled()).toBe(true);
  mend();
  await ketut.press(texts.biodataRight);

  await ketut.goOnUntil(captures['right-four'].title);
  // It may have been touched already, between a look at the screen before and the touch.
  const start = page.getByRole('button', { name: texts.start.en });
  while ((await start.count()) > 0) await start.click({ timeout: 1000 }).catch(() => {});
  value(await bench.send({ command: 'plug', device: 'finger', in: false }));
  await ketut.goOnUntil(texts.deviceLost);
  value(await bench.send({ command: 'plug', device: 'finger', in: true }));
  await ketut.sees(captures['right-four'].title);
  await ketut.press(texts.back);
  await ketut.press(texts.leaveYes);
  await ketut.sees(texts.endedTimedOut);
  await ketut.press(texts.back);
  await residentAt(page, 'ketut').sees(texts.welcome);
});

it('met no error on the page, not even a forbidden style', () => {
  expect(errors).toEqual([]);
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`);
  return result.value;
}
