/** What belongs to a capture's picture: the hand with the fingers to press, the face in its oval, the eyes, the pen. */
import { useEffect, useState } from 'preact/hooks';
import type { CaptureView } from '../../contract/resident-view.ts';
import { Hands } from '../drawings/hand.tsx';
import { useKiosk } from '../kiosk.tsx';
import { useText } from '../language.tsx';
import { backgrounds } from './texts.ts';

export function CapturePicture({ capture }: { capture: CaptureView }) {
  const t = useText();
  switch (capture.kind) {
    case 'finger':
      return <HandOf capture={capture} />;
    case 'photo':
      return (
        <figure class={`live oval ${capture.background ?? ''}`}>
          <Live />
          <span class="live-frame" />
          {capture.background && <figcaption>{t(backgrounds[capture.background])}</figcaption>}
        </figure>
      );
    case 'iris':
      return (
        <figure class="live eyes">
          <Live />
        </figure>
      );
    case 'signature':
      return (
        <figure class="live pen">
          <Live />
        </figure>
      );
    case 'document':
    case 'exception-photo':
      return (
        <figure class="live">
          <Live />
        </figure>
      );
  }
}

/** The hand as the person sees it, the fingers asked for filled; what is kept already is ticked. */
function HandOf({ capture }: { capture: CaptureView }) {
  const asked = capture.fingers.length > 0 ? capture.fingers : positionsOf(capture);
  return (
    <div class="hands">
      <Hands positions={asked} together />
    </div>
  );
}

function positionsOf({ subjects }: CaptureView) {
  return subjects.flatMap(({ position, state }) =>
    position !== null && state === 'to-do' ? [position] : [],
  );
}

/** The newest live picture of the capture; none yet: an empty frame. */
function Live() {
  const { preview } = useKiosk();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let shown: string | null = null;
    const stop = preview((picture) => {
      if (shown) URL.revokeObjectURL(shown);
      shown = URL.createObjectURL(picture);
      setAddress(shown);
    });
    return () => {
      stop();
      if (shown) URL.revokeObjectURL(shown);
    };
  }, [preview]);
  return address ? <img src={address} alt="" /> : <span class="live-empty" />;
}
