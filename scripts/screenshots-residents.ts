/** Pictures of every screen that a resident can meet, on the two screens that a kiosk has, in both languages. */
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { recordingPolicy } from '../src/flows/recording-policy.ts';
import { people } from '../src/virtual/people/people.ts';
import { openPage } from '../tests/e2e/browser.ts';
import { serveResident } from '../tests/e2e/resident-server.ts';
import { residentScreens } from '../tests/ui/resident-statuses.ts';
import { scriptStation } from '../tests/ui/scripted-station.ts';

/** Diagonals in inches; the pictures are made smaller. */
const SCREENS = {
  portrait: { width: 1080, height: 1920, inches: 21.5, shown: 340 },
  landscape: { width: 1280, height: 800, inches: 10.1, shown: 680 },
};

export async function shootResidents(browser: Browser, folder: string): Promise<void> {
  const [endah] = await people({ cacheDir: path.join(tmpdir(), 'anjungan-people') });
  const photo = endah?.photo ?? Buffer.alloc(0);
  const station = scriptStation();
  const place = { readers: ['new'], inches: SCREENS.portrait.inches };
  const server = await serveResident({ station, policy: recordingPolicy.parse({}), place }, photo);
  const { page } = await openPage(browser, server.addresses[0] ?? '', SCREENS.portrait);
  for (const [name, { width, height, inches, shown }] of Object.entries(SCREENS)) {
    place.inches = inches;
    await page.setViewportSize({ width, height });
    for (const language of ['id', 'en'] as const) {
      for (const [screen, status] of Object.entries(residentScreens)) {
        station.show(status.session ? { ...status, session: { ...status.session, language } } : status);
        if (!status.session)
          await page.getByRole('button', { name: language === 'id' ? 'Indonesia' : 'English' }).click();
        await page.evaluate(() => document.fonts.ready.then(() => new Promise((r) => setTimeout(r, 60))));
        await sharp(await page.screenshot())
          .resize({ width: shown })
          .webp({ quality: 64, effort: 5 })
          .toFile(path.join(folder, `${language}-resident-${name}-${screen}.webp`));
      }
    }
  }
  await page.close();
  await server.close();
}
