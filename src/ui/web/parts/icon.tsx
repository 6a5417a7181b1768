/** Icons of lucide-static, drawn in the colour of the text. Always beside a word, so hidden from screen readers. */

import largeText from 'lucide-static/icons/a-large-small.svg?raw';
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw';
import compare from 'lucide-static/icons/arrow-left-right.svg?raw';
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw';
import banknoteX from 'lucide-static/icons/banknote-x.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import circleDashed from 'lucide-static/icons/circle-dashed.svg?raw';
import clock from 'lucide-static/icons/clock.svg?raw';
import contrast from 'lucide-static/icons/contrast.svg?raw';
import erase from 'lucide-static/icons/delete.svg?raw';
import fingerprint from 'lucide-static/icons/fingerprint.svg?raw';
import flask from 'lucide-static/icons/flask-conical.svg?raw';
import idCard from 'lucide-static/icons/id-card.svg?raw';
import loader from 'lucide-static/icons/loader-circle.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import message from 'lucide-static/icons/message-square-quote.svg?raw';
import minus from 'lucide-static/icons/minus.svg?raw';
import nfc from 'lucide-static/icons/nfc.svg?raw';
import stop from 'lucide-static/icons/octagon-x.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import power from 'lucide-static/icons/power.svg?raw';
import printer from 'lucide-static/icons/printer.svg?raw';
import retry from 'lucide-static/icons/rotate-ccw.svg?raw';
import scale from 'lucide-static/icons/scale.svg?raw';
import scanFace from 'lucide-static/icons/scan-face.svg?raw';
import shieldCheck from 'lucide-static/icons/shield-check.svg?raw';
import shieldQuestion from 'lucide-static/icons/shield-question-mark.svg?raw';
import shieldX from 'lucide-static/icons/shield-x.svg?raw';
import ticket from 'lucide-static/icons/ticket.svg?raw';
import warning from 'lucide-static/icons/triangle-alert.svg?raw';
import unplug from 'lucide-static/icons/unplug.svg?raw';
import volume from 'lucide-static/icons/volume-2.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';

const icons = {
  arrowRight,
  banknoteX,
  check,
  chevronRight,
  circleDashed,
  clock,
  compare,
  fingerprint,
  flask,
  idCard,
  loader,
  message,
  nfc,
  power,
  retry,
  scanFace,
  shieldCheck,
  shieldQuestion,
  shieldX,
  stop,
  unplug,
  warning,
  x,
  largeText,
  arrowLeft,
  contrast,
  volume,
  ticket,
  erase,
  scale,
  lock,
  pencil,
  printer,
  minus,
};
export type IconName = keyof typeof icons;

export function Icon({ name }: { name: IconName }) {
  // The package's own files, built in: nothing from outside reaches this.
  return (
    <span class={`icon icon-${name}`} aria-hidden="true" dangerouslySetInnerHTML={{ __html: icons[name] }} />
  );
}
