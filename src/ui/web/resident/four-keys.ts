/**
 * A keypad of four keys, as assistive ones have: next, previous, OK and back, which it sends as arrows, Enter and Escape.
 * Tab and a whole keyboard do the same.
 */
import { useEffect } from 'preact/hooks';

const STEPS: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};
const PRESSABLE = 'button:not(:disabled), input:not(:disabled)';
/** The way back of the screen at hand, else the way out. */
const BACK = ['.scene-ways button:has(.icon-arrowLeft)', '.scene-ways button:has(.icon-x)'];

export function useFourKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      if (step !== undefined && !(event.target instanceof HTMLInputElement)) {
        event.preventDefault();
        move(step);
      }
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) goBack();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** From the last thing comes the first again; from a heading, what stands below it. */
function move(step: 1 | -1): void {
  const within = document.querySelector('dialog[open]') ?? document.querySelector('.resident');
  const all = [...(within?.querySelectorAll<HTMLElement>(PRESSABLE) ?? [])].filter(
    (one) => one.checkVisibility() && !one.closest('.drawer'),
  );
  const here = document.activeElement as HTMLElement | null;
  const isBelow = (one: HTMLElement) =>
    here !== null && (here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const at = here ? all.indexOf(here) : -1;
  const below = all.findIndex(isBelow);
  const next = at >= 0 ? (at + step) % all.length : step > 0 ? Math.max(0, below) : below - 1;
  all.at(next)?.focus();
}

function goBack(): void {
  const ways = BACK.map((way) => document.querySelector<HTMLButtonElement>(`${way}:not(:disabled)`));
  ways.find((way) => way !== null)?.click();
}
