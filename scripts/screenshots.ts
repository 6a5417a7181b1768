/**
 * `npm run screenshots`: every screen in both languages into docs/screens. The desk is worked against the real kiosk on its
 * bench, the staff's is looked at there, and the resident's shows its statuses. Needs the built page.
 */
import { mkdir, rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Language, Text } from '../src/failures/entry.ts';
import { fingerName, RIGHT_INDEX } from '../src/rules/finger-position.ts';
import { cardTexts } from '../src/ui/web/desk/hand-over-texts.ts';
import { feeTexts } from '../src/ui/web/parts/fee-texts.ts';
import { checkOn, layOn, pressFinger, pressImpression, texts } from '../src/ui/web/texts.ts';
import { launchBrowser, openPage } from '../tests/e2e/browser.ts';
import { startKiosk } from '../tests/e2e/kiosk.ts';
import { shootResidents } from './screenshots-residents.ts';
import { shootStaff } from './screenshots-staff.ts';

const folder = process.argv[2] ?? 'docs/screens';

const cards = {
  new: { id: 'Tipe B, generasi baru', en: 'Type B, new generation' },
  old: { id: 'Tipe B, generasi lama', en: 'Type B, old generation' },
  forged: { id: 'Palsu: foto diubah', en: 'Forged: photo changed' },
};

function save(png: Buffer, name: string) {
  return sharp(png).resize({ width: 960 }).webp({ quality: 78, effort: 5 }).toFile(`${folder}/${name}.webp`);
}

/** The page in one language, and what an officer and the bench's drawer can do on it. */
function officer(page: Page, language: Language) {
  const button = (name: Text) => page.getByRole('button', { name: name[language], exact: true });
  const choose = (person: string) =>
    page.locator('.drawer-people').getByRole('button', { name: person }).click();
  const fold = () => page.locator('.drawer-handle').click();
  return {
    press: (name: Text) => button(name).click(),
    sees: (text: Text) => page.getByText(text[language], { exact: true }).first().waitFor(),
    async lay(person: string, card: Text, reader: Text) {
      await choose(person);
      await button(layOn(card, reader)).click();
    },
    async touch(person: string, impression: number) {
      await choose(person);
      await button(pressImpression(person, fingerName(RIGHT_INDEX), impression)).click();
    },
    async pull() {
      await page.locator('.drawer-readers').getByText(texts.benchPull[language]).first().click();
    },
    async shoot(screen: string, { withDrawer = false } = {}) {
      if (!withDrawer) await fold();
      await page.mouse.move(0, 0);
      await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
      const png = await page.screenshot();
      await save(png, `${language}-${screen}`);
      if (!withDrawer) await fold();
    },
  };
}

async function walk(page: Page, language: Language): Promise<void> {
  const { press, sees, lay, touch, pull, shoot } = officer(page, language);
  const askForFinger = pressFinger([2, 7]);
  const closeCase = async () => {
    await press(texts.closeCase);
    await sees(texts.idleTitle);
  };

  await sees(texts.idleTitle);
  await shoot('idle');
  await shoot('bench', { withDrawer: true });

  await press(checkOn(texts.newReader));
  await sees(texts.awaitCard);
  await shoot('card');
  await lay('endah', cards.new, texts.newReader);
  await sees(askForFinger);
  await shoot('finger');
  await touch('karto', 1);
  await sees({ id: 'Percobaan 1:', en: 'Try 1:' });
  await sees(askForFinger);
  await shoot('second-try');
  await touch('endah', 2);
  await sees(texts.verified);
  await shoot('verified');
  await press(texts.activate);
  await shoot('confirm', { withDrawer: true });
  await press(texts.confirmYes);
  await sees(texts.activated);
  await shoot('activated');

  await press(texts.compare);
  await sees(texts.rowAwaitingCard);
  await shoot('comparing');
  await lay('endah', cards.new, texts.oldReader);
  await sees(texts.compared);
  await shoot('compared');
  await press(cardTexts.begin);
  await sees(cardTexts.compare);
  await shoot('hand-over');
  await press(cardTexts.begin);
  await sees(cardTexts.askTitle);
  await shoot('hand-over-fees', { withDrawer: true });
  await press(cardTexts.report);
  await sees(feeTexts.title);
  await shoot('fee-report', { withDrawer: true });
  await press(cardTexts.back);
  await press(cardTexts.begin);
  await press(cardTexts.asked);
  await sees(cardTexts.handedOverTitle);
  await shoot('handed-over');
  await closeCase();
  await page.getByRole('button', { name: 'MULIA SARI' }).click();
  await sees(cardTexts.waits);
  await page.getByRole('heading', { name: 'MULIA SARI' }).scrollIntoViewIfNeeded();
  await shoot('finished-cards');

  await lay('endah', cards.forged, texts.newReader);
  await press(checkOn(texts.newReader));
  await sees(texts.notGenuine);
  await shoot('forged');
  await closeCase();

  await lay('karto', cards.old, texts.newReader);
  await press(checkOn(texts.newReader));
  await sees(askForFinger);
  await pull();
  await sees(texts.failed);
  await shoot('lifted');
  await closeCase();

  await lay('karto', cards.old, texts.oldReader);
  await press(checkOn(texts.oldReader));
  await sees(pressFinger([2]));
  await touch('karto', 2);
  await sees(texts.verified);
  await shoot('old-reader');
  await closeCase();
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
for (const language of ['id', 'en'] as const) {
  // A kiosk each: the card that the first one activates stays activated.
  const kiosk = await startKiosk();
  try {
    const { page } = await openPage(browser, kiosk.address);
    if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
    await walk(page, language);
    await shootStaff(browser, kiosk, language, folder);
  } finally {
    await kiosk.stop();
  }
}
await shootResidents(browser, folder);
await browser.close();
