/**
 * A resident before a station with real flows, store and captures, whose clock is simulated and whose devices are
 * scripted at their ports: with four keys alone to the end, and gone away in the middle.
 */
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest';
import type { Text } from '../../src/failures/entry.ts';
import type { UiServer } from '../../src/ui/server/server.ts';
import { ikmAnswers } from '../../src/ui/web/resident/survey-texts.ts';
import { captures, questionOf, reasons, texts } from '../../src/ui/web/resident/texts.ts';
import { openStationBench, operator, POLICY, type StationBench, value } from '../flows/station-fixture.ts';
import { heading, launchBrowser, openPage } from './browser.ts';
import { serveResident } from './resident-server.ts';

/** Of whatever was captured: what it shows is tested with the captures. */
const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
  .jpeg()
  .toBuffer();
const NIK = '1607125204880001';

let browser: Browser;
let bench: StationBench;
let server: UiServer;
let page: Page;
let errors: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  bench = await openStationBench();
  server = await serveResident(
    { station: bench.station, policy: POLICY, place: { readers: [], inches: null } },
    picture,
  );
  ({ page, errors } = await openPage(browser, server.addresses[0] ?? ''));
  page.setDefaultTimeout(15_000);
  onTestFailed(() => console.log(`the session is at ${JSON.stringify(bench.station.status().session)}`));
  await sees(texts.welcome);
});
afterEach(async () => {
  await page.context().close();
  await server.close();
  await bench.close();
});

const sees = (title: Text) => heading(page).filter({ hasText: title.id }).waitFor();

/** Goes on by “next” until that stands there, and says OK. */
async function choose({ id: words }: Text): Promise<void> {
  const button = page.getByRole('button', { name: words, exact: true, disabled: false });
  await button.waitFor();
  for (let keys = 0; keys < 40; keys++) {
    if (await button.evaluate((one) => one === document.activeElement)) return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
  }
  throw new Error(`no way to ${words}`);
}

/** Whatever the captures ask to be pressed, until that sentence stands there. */
async function goOnUntil({ id: title }: Text): Promise<void> {
  for (;;) {
    if ((await heading(page).innerText()) === title) return;
    for (const words of [texts.start, texts.signatureDone]) {
      const isThere = await page
        .getByRole('button', { name: words.id, exact: true, disabled: false })
        .count();
      // The screen may have gone on meanwhile.
      if (isThere > 0) await choose(words).catch(() => {});
    }
    await page.waitForTimeout(30);
  }
}

it('four keys and the digits are enough, from the welcome to the survey', async () => {
  await choose(texts.begin);
  await choose(texts.serviceRecord);
  await choose(reasons.new);
  await sees(texts.identifyTitle);
  await page.keyboard.type(NIK);
  await choose(texts.next);
  await choose(texts.noticeAgree);
  await choose(texts.biodataRight);
  await goOnUntil(texts.reviewTitle);
  await choose(texts.reviewApprove);
  await goOnUntil(texts.gateTitle);
  bench.ask({ type: 'check-identity', means: 'family-card' }, operator);
  await sees(captures['family-card'].title);
  await goOnUntil(texts.gateTitle);
  bench.ask({ type: 'scans-complete' }, operator);
  await sees(texts.receiptTitle);
  await choose(texts.next);
  for (let at = 1; at <= 9; at++) {
    await page.getByText(questionOf(at, 9).id).waitFor();
    await choose(ikmAnswers[3].name);
  }
  await choose(texts.surveySend);
  await sees(texts.endedTitle);
  await page.keyboard.press('Escape');
  await sees(texts.welcome);
  expect(errors).toEqual([]);
  expect(bench.bugs).toEqual([]);
});

it('whoever goes away is warned, may stay by one touch, and is wiped from the screen', async () => {
  await page.getByRole('button', { name: texts.contrast.id }).click();
  await choose(texts.begin);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: texts.serviceRecord.en }).click();
  await page.getByRole('button', { name: reasons.new.en }).click();
  await page.getByLabel(texts.nik.en).waitFor();
  await page.keyboard.type(NIK);
  await page.getByRole('button', { name: texts.next.en }).click();
  await page.getByRole('button', { name: texts.noticeAgree.en }).click();
  await page.getByText('SRI WAHYUNI').waitFor();

  bench.clock.increment(POLICY.patience.idle * 1000);
  const warning = page.getByRole('dialog', { name: texts.idleTitle.en });
  await warning.waitFor();
  await warning.getByRole('button').click();
  await warning.waitFor({ state: 'detached' });
  await page.getByText('SRI WAHYUNI').waitFor();

  bench.clock.increment(POLICY.patience.idle * 1000);
  await warning.waitFor();
  for (let second = 0; second < POLICY.patience.warning; second++) bench.clock.increment(1000);
  await heading(page).filter({ hasText: texts.endedTimedOut.en }).waitFor();
  expect(await page.locator('html').innerHTML()).not.toContain('WAHYUNI');
  bench.clock.increment(10_000);
  await sees(texts.welcome);
  await expect.poll(() => page.locator('html').getAttribute('class')).not.toContain('contrast');
  const sessions = value(await bench.parts.store.sessions.unfinished());
  expect(sessions).toEqual([]);
});
