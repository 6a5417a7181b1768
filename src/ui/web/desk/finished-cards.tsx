/** Finished cards by village, and of one village whose they are. */
import { moment } from '../format.ts';
import { useLanguage, useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useDesk } from './desk.tsx';
import { cardTexts, disputeReasons } from './hand-over-texts.ts';

export function FinishedCards() {
  const t = useText();
  const { view, can, ask, isWaiting } = useDesk();
  const { villages, village } = view.finished;
  return (
    <section class="finished" aria-labelledby="finished-title">
      <h2 id="finished-title">{t(cardTexts.title)}</h2>
      {villages.length === 0 ? (
        <p>{t(cardTexts.none)}</p>
      ) : (
        <>
          <p>{t(cardTexts.help)}</p>
          <table class="table">
            <thead>
              <tr>
                {(['village', 'arrived', 'handedOver', 'inSafe', 'longer'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(cardTexts[column])}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {villages.map((one) => (
                <tr key={one.village}>
                  <th scope="row">
                    <button
                      type="button"
                      class="button"
                      aria-expanded={one.village === village}
                      disabled={isWaiting || !can('show-cards')}
                      onClick={() => ask({ type: 'show-cards', village: one.village })}
                    >
                      {one.village}
                    </button>
                  </th>
                  <td>{one.arrived}</td>
                  <td>{one.handedOver}</td>
                  <td>{one.inSafe}</td>
                  <td>{one.longer}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {village !== null && <Waiting village={village} />}
    </section>
  );
}

function Waiting({ village }: { village: string }) {
  const t = useText();
  const { language } = useLanguage();
  const { view, ask, isWaiting } = useDesk();
  const { waiting } = view.finished;
  return (
    <section aria-label={village}>
      <h3>{village}</h3>
      {waiting.length === 0 && <p>{t(cardTexts.allCollected)}</p>}
      {waiting.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t(cardTexts.holder)}</th>
              <th scope="col">NIK</th>
              <th scope="col">{t(cardTexts.since)}</th>
              <th scope="col">{t(cardTexts.state)}</th>
            </tr>
          </thead>
          <tbody>
            {waiting.map(({ nik, name, arrivedOn, setAside }) => (
              <tr key={nik}>
                <th scope="row">{name}</th>
                <td class="digits">{nik}</td>
                <td>{moment(arrivedOn, language).split(/, | pukul /)[0]}</td>
                <td>
                  {setAside && <Icon name="warning" />}{' '}
                  {t(setAside ? disputeReasons[setAside] : cardTexts.waits)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button
        icon="x"
        label={cardTexts.close}
        disabled={isWaiting}
        onPress={() => ask({ type: 'show-cards', village: null })}
      />
    </section>
  );
}
