/** Pictures of the staff's screens, every role and every page of it, and of the wall, on the kiosk with its bench. */
import path from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { BENCH_STAFF } from '../src/bench-staff.ts';
import type { Language } from '../src/failures/entry.ts';
import { texts } from '../src/ui/web/staff/texts.ts';
import { openPage } from '../tests/e2e/browser.ts';
import type { RunningKiosk } from '../tests/e2e/kiosk.ts';

export async function shootStaff(
  browser: Browser,
  { screens }: RunningKiosk,
  language: Language,
  folder: string,
): Promise<void> {
  for (const { role, id, pin } of BENCH_STAFF) {
    const { page } = await openPage(browser, screens.staff);
    const shoot = async (screen: string) => {
      const handle = page.locator('.drawer-handle[aria-expanded=true]');
      if (await handle.isVisible()) await handle.click();
      await page.evaluate(() => document.fonts.ready.then(() => new Promise((r) => setTimeout(r, 150))));
      await sharp(await page.screenshot())
        .resize({ width: 900 })
        .webp({ quality: 75, effort: 5 })
        .toFile(path.join(folder, `${language}-staff-${screen}.webp`));
    };
    if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
    await shoot('login');
    await page.getByLabel(texts.staffId[language]).fill(id);
    await page.getByLabel(texts.pin[language]).fill(pin);
    await page.getByRole('button', { name: texts.login[language], exact: true }).click();
    const tabs = page.locator('.tabs > button[aria-current], .tabs > button:not(.button)');
    await tabs.first().waitFor();
    for (let tab = 0; tab < (await tabs.count()); tab += 1) {
      await tabs.nth(tab).click();
      await shoot(`${role}-${tab + 1}`);
    }
    await page.close();
  }
  const { page } = await openPage(browser, screens.queue);
  await page.locator('h1, [role=heading]').first().waitFor();
  await sharp(await page.screenshot())
    .resize({ width: 800 })
    .webp({ quality: 75 })
    .toFile(path.join(folder, `${language}-wall.webp`));
  await page.close();
}
