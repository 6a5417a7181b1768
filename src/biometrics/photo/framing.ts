/**
 * The part of a camera's picture that becomes the photo: full frontal after ISO/IEC 19794-5:2011 (8.3), 3 wide by 4
 * high, the head 70 % of the height (60–90 % are allowed), its middle in the middle. The standard goes by the eyes;
 * those are taken to be halfway between crown and chin, which puts them at 54 % of the height (50–70 %).
 */
import type { FailureCode } from '../../failures/catalogue.ts';
import type { Head } from './head.ts';
import type { Region } from './sharpness.ts';

const ASPECT = 3 / 4;
const HEAD = 0.7;
const ABOVE = 0.11;
/** The head may be so far from where it belongs, in widths and heights of the photo: eyes at 45–55 % and 50–60 %. */
const SLACK_X = 0.05;
const SLACK_Y = 0.05;
/** Across the head, pixels: what the standard wants of a full frontal image. */
const NARROWEST_HEAD = 180;

export type Framing =
  | { readonly ok: true; readonly region: Region }
  | { readonly ok: false; readonly reason: FailureCode };

/** @param picture its size in pixels */
export function frame(picture: { readonly width: number; readonly height: number }, head: Head): Framing {
  const height = (head.chin - head.crown) / HEAD;
  const width = height * ASPECT;
  if (height > picture.height || width > picture.width || (head.cutOff && height > 0.8 * picture.height))
    return { ok: false, reason: 'PHOTO-HEAD-TOO-LARGE' };
  if (head.cutOff) return { ok: false, reason: 'PHOTO-OFF-CENTRE' };
  if (head.width < NARROWEST_HEAD) return { ok: false, reason: 'PHOTO-HEAD-TOO-SMALL' };
  const left = within(head.x - width / 2, picture.width - width);
  const top = within(head.crown - ABOVE * height, picture.height - height);
  if (left.moved > SLACK_X * width || top.moved > SLACK_Y * height)
    return { ok: false, reason: 'PHOTO-OFF-CENTRE' };
  return { ok: true, region: { left: left.at, top: top.at, width, height } };
}

/** As near to `wanted` as the picture reaches. */
function within(wanted: number, last: number) {
  const at = Math.min(Math.max(wanted, 0), last);
  return { at, moved: Math.abs(at - wanted) };
}
