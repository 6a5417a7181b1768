/**
 * A resident before their screen: reads its heading, touches its buttons, and does at the virtual devices what it asks
 * for, through the drawer. They know nothing of the flows behind it.
 */
import type { Page } from 'playwright-core';
import type { Language, Text } from '../../src/failures/entry.ts';
import { texts } from '../../src/ui/web/resident/texts.ts';
import { doesWhatIsAsked } from '../../src/ui/web/texts.ts';
import { heading } from './browser.ts';

/** As few pictures as do: what makes a good one is tested with the captures. */
export const QUICK = {
  capture: {
    photo: { bestOf: 1, threshold: 30 },
    finger: { tries: 1, threshold: 10 },
    iris: { bestOf: 1, threshold: 10 },
    document: { frames: 1 },
  },
};

export interface Resident {
  /** Touches the button with these words. */
  press(words: Text): Promise<void>;
  /** Resolves when the screen's one sentence is this one. */
  sees(title: Text): Promise<void>;
  /** Does at the devices what the screen asks for. */
  act(): Promise<void>;
  /** Goes through the captures until this sentence stands there; answers every sentence on the way. */
  goOnUntil(title: Text): Promise<readonly string[]>;
}

/** @param name of the virtual person */
export function residentAt(page: Page, name: string, language: Language = 'id'): Resident {
  const button = (words: Text) => page.getByRole('button', { name: words[language], exact: true });
  const press = (words: Text) => button(words).click();
  const deed = doesWhatIsAsked(name);
  /** Never waits: a button may be gone while it is looked for. */
  const can = async (words: Text) =>
    (await page.getByRole('button', { name: words[language], exact: true, disabled: false }).count()) > 0;
  const touch = (words: Text) => button(words).click({ timeout: 1000 });

  /** Writes, looks whether all of it is there, and says so. */
  async function sign(): Promise<void> {
    await touch(deed);
    const shown = page.locator('.live.pen img');
    await shown.waitFor({ timeout: 5000 });
    for (let before = ''; ; ) {
      const now = await shown.getAttribute('src');
      if (now === before) break;
      before = now ?? '';
      await page.waitForTimeout(150);
    }
    await press(texts.signatureDone);
  }

  async function oneStep(): Promise<void> {
    if (await can(texts.start)) return touch(texts.start);
    if (await can(texts.signatureDone)) return (await can(deed)) ? sign() : undefined;
    if ((await can(deed)) && !(await can(texts.tryAgain))) return touch(deed);
    await page.waitForTimeout(30);
  }

  return {
    press,
    sees: (title) => heading(page).filter({ hasText: title[language] }).waitFor(),
    act: () => press(deed),
    async goOnUntil(title) {
      const seen: string[] = [];
      for (;;) {
        const now = await heading(page).innerText();
        if (now === title[language]) return seen;
        if (seen.at(-1) !== now) seen.push(now);
        // What it was about to touch may be gone: then the next look tells what is there.
        await oneStep().catch(() => {});
      }
    },
  };
}

/** Chooses whose fingers, face and hand the drawer uses. */
export async function stands(page: Page, name: string): Promise<void> {
  await page.locator('.drawer-people').getByRole('button', { name, exact: true }).click();
}
