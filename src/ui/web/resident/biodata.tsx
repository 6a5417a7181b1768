/** The person's data, to be read, heard and confirmed; what was corrected stands out by sign and word. */
import type { StageView } from '../../contract/resident-view.ts';
import { AskButton } from '../parts/ask-button.tsx';
import { Button } from '../parts/button.tsx';
import { BiodataList } from './biodata-list.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { texts } from './texts.ts';

export function Biodata({ stage }: { stage: Extract<StageView, { at: 'biodata' }> }) {
  const { ask, can, isWaiting } = useResident();
  const { biodata, sha256, corrected, disputed } = stage;
  if (!biodata) {
    return (
      <Scene
        name="biodata-unknown"
        title={texts.biodataUnknown}
        help={texts.biodataDisputedHelp}
        sign="pencil"
      />
    );
  }
  if (disputed) {
    return (
      <Scene name="biodata-disputed" title={texts.biodataDisputed} help={texts.biodataDisputedHelp}>
        <BiodataList biodata={biodata} corrected={corrected} />
      </Scene>
    );
  }
  return (
    <Scene
      name="biodata"
      title={texts.biodataTitle}
      help={texts.biodataHelp}
      ways={
        can('dispute-biodata') && (
          <AskButton icon="x" label={texts.biodataWrong} intent={{ type: 'dispute-biodata' }} />
        )
      }
      action={
        sha256 !== null && (
          <Button
            kind="main"
            icon="check"
            label={texts.biodataRight}
            disabled={isWaiting}
            onPress={() => ask({ type: 'confirm-biodata', sha256 })}
          />
        )
      }
    >
      <BiodataList biodata={biodata} corrected={corrected} />
    </Scene>
  );
}
