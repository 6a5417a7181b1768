/** The photo of the open case, fetched with the key and let go as soon as another one, or none, is shown. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Text } from '../../../failures/entry.ts';
import { Silhouette } from '../drawings/silhouette.tsx';
import { useKiosk } from '../kiosk.tsx';
import { useText } from '../language.tsx';
import { texts } from '../texts.ts';

/** @param absent what to say while there is no photo */
export function Photo({ id, absent }: { id: string | null; absent: Text }) {
  const t = useText();
  const { address, markBroken } = usePhoto(id);
  if (address === 'broken') return <Frame caption={t(texts.photoBroken)} />;
  if (address === null) return <Frame caption={t(absent)} />;
  return (
    <Frame>
      <img src={address} alt={t(texts.photo)} onError={markBroken} />
    </Frame>
  );
}

function Frame({ caption, children }: { caption?: string; children?: ComponentChildren }) {
  return (
    <figure class={children ? 'photo shown' : 'photo'}>
      {children ?? <Silhouette />}
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}

function usePhoto(id: string | null) {
  const { picture } = useKiosk();
  const [address, setAddress] = useState<string | 'broken' | null>(null);

  useEffect(() => {
    if (id === null) return;
    const leaving = new AbortController();
    let made: string | undefined;
    picture(id, leaving.signal).then(
      (blob) => {
        if (leaving.signal.aborted) return;
        made = blob ? URL.createObjectURL(blob) : undefined;
        setAddress(made ?? 'broken');
      },
      () => {
        if (!leaving.signal.aborted) setAddress('broken');
      },
    );
    return () => {
      leaving.abort();
      if (made) URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [id, picture]);

  return { address, markBroken: () => setAddress('broken') };
}
