/**
 * Sizes in millimetres of the screen as it hangs there: a browser's own millimetre is a guess, off by half on a small
 * tablet (reference: targets of 16 and 20 mm, cap heights).
 */
import { useEffect } from 'preact/hooks';

const MM_PER_INCH = 25.4;
/** Lower screens are held in a hand or stand on a table: their parts move closer together, mm. */
const SMALL = 170;

/** @param inches the diagonal, as configured; null: the browser's millimetre stands */
export function useScreenSize(inches: number | null): void {
  useEffect(() => {
    const { style, classList } = document.documentElement;
    const measure = () => {
      if (inches === null) return;
      const pixelsPerMm = Math.hypot(window.innerWidth, window.innerHeight) / (inches * MM_PER_INCH);
      style.setProperty('--screen-mm', `${pixelsPerMm}px`);
      classList.toggle('small-screen', window.innerHeight / pixelsPerMm < SMALL);
    };
    measure();
    window.addEventListener('resize', measure);
    return () => {
      window.removeEventListener('resize', measure);
      style.removeProperty('--screen-mm');
      classList.remove('small-screen');
    };
  }, [inches]);
}
