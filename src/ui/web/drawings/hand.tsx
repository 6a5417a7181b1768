/**
 * Hands as people see their own, resting on the scanner, the finger to press filled. Drawn as fat rounded
 * strokes, first in the line's colour, then a little thinner in the hand's: what is left is the outline.
 */
import { Fragment } from 'preact';
import type { FingerPosition } from '../../../rules/finger-position.ts';
import { useText } from '../language.tsx';
import { or } from '../texts.ts';

type Point = readonly [x: number, y: number];
interface Finger {
  readonly knuckle: Point;
  readonly tip: Point;
  readonly width: number;
}

/** A right hand from above, thumb to little finger. */
const fingers: readonly Finger[] = [
  { knuckle: [84, 184], tip: [38, 142], width: 27 },
  { knuckle: [82, 138], tip: [62, 66], width: 25 },
  { knuckle: [104, 132], tip: [99, 46], width: 26 },
  { knuckle: [126, 136], tip: [134, 58], width: 25 },
  { knuckle: [146, 148], tip: [166, 92], width: 22 },
];
const palm = 'M86 142 L140 142 L148 168 L134 210 L98 210 L82 186 Z';
const wrist = 'M116 200 L116 270';
const outline = 5;

interface HandsProps {
  readonly positions: readonly FingerPosition[];
  /** All of them at once, one picture a hand; otherwise either will do, one picture each. */
  readonly together?: boolean;
}

export function Hands({ positions, together = false }: HandsProps) {
  const t = useText();
  if (together) {
    const hands = [positions.filter(isLeft), positions.filter((position) => !isLeft(position))];
    return (
      <>
        {hands
          .filter((fingers) => fingers.length > 0)
          .map((fingers) => (
            <Hand key={fingers[0]} pressed={fingers} />
          ))}
      </>
    );
  }
  const fromLeft = [...positions].sort((one, other) => Number(isLeft(other)) - Number(isLeft(one)));
  return (
    <>
      {fromLeft.map((position, index) => (
        <Fragment key={position}>
          {index > 0 && <span class="task-or">{t(or)}</span>}
          <Hand pressed={[position]} />
        </Fragment>
      ))}
    </>
  );
}

function Hand({ pressed }: { pressed: readonly FingerPosition[] }) {
  const shapes = pressed.map((position) => fingers[(position - 1) % 5]!);
  const xs = shapes.map(({ tip: [x] }) => x);
  const ys = shapes.map(({ tip: [, y] }) => y);
  // The glass lies below all the tips.
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return (
    <svg class="hand" viewBox="16 0 168 240" aria-hidden="true">
      <g class={pressed.some(isLeft) ? 'mirrored' : undefined}>
        <g class="hand-scanner">
          <rect x={left - 38} y={top - 40} width={right - left + 72} height={bottom - top + 78} rx="14" />
          <rect
            class="hand-glass"
            x={left - 26}
            y={top - 28}
            width={right - left + 48}
            height={bottom - top + 54}
            rx="9"
          />
        </g>
        <g class="hand-moves">
          <Silhouette class="hand-line" extra={outline} />
          <Silhouette class="hand-fill" extra={-outline} />
          {shapes.map(({ knuckle, tip, width }) => (
            <path
              key={tip[0]}
              class="hand-finger"
              d={line(between(knuckle, tip, 0.3), tip)}
              stroke-width={width - outline}
            />
          ))}
        </g>
      </g>
    </svg>
  );
}

function Silhouette({ class: name, extra }: { class: string; extra: number }) {
  return (
    <g class={name}>
      <path d={wrist} stroke-width={54 + extra} />
      <path d={palm} stroke-width={22 + extra} />
      {fingers.map(({ knuckle, tip, width }) => (
        <path key={tip[0]} d={line(knuckle, tip)} stroke-width={width + extra} />
      ))}
    </g>
  );
}

/** Positions 1–5 are the right hand's, 6–10 the left's (ISO/IEC 19794-2 table 2). */
function isLeft(position: FingerPosition): boolean {
  return position > 5;
}

function line(from: Point, to: Point): string {
  return `M${from[0]} ${from[1]} L${to[0]} ${to[1]}`;
}

function between(from: Point, to: Point, share: number): Point {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}
