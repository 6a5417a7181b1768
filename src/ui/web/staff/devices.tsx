/** The board of devices: how each is, what it complains of, and a restart at one touch. */
import { useText } from '../language.tsx';
import { useStaff } from './staff.tsx';
import { Table } from './table.tsx';
import { deviceStates, restartDevice, texts } from './texts.ts';

export function Devices() {
  const t = useText();
  const { view, can, ask, isWaiting } = useStaff();
  return (
    <>
      <h1 tabIndex={-1}>{t(texts.devices)}</h1>
      <Table
        name={texts.devices}
        columns={[texts.device, texts.state, texts.found, texts.restart]}
        rows={view.devices.map(({ id, driver, state, failure, identity, temperature }) => [
          `${id} (${driver})`,
          t(deviceStates[state]),
          failure
            ? `${t(failure.cause)} ${t(failure.remedy)} ${failure.code}`
            : [identity, temperature !== null && `${temperature} °C`].filter(Boolean).join(' · '),
          <span key={id} class="row">
            {can('restart-device') && (
              <button
                type="button"
                class="small"
                aria-label={t(restartDevice(id))}
                disabled={isWaiting}
                onClick={() => ask({ type: 'restart-device', device: id })}
              >
                {t(texts.restart)}
              </button>
            )}
            {can('disable-device') && (
              <button
                type="button"
                class="small"
                disabled={isWaiting}
                onClick={() =>
                  ask({ type: state === 'disabled' ? 'enable-device' : 'disable-device', device: id })
                }
              >
                {t(state === 'disabled' ? texts.enable : texts.disable)}
              </button>
            )}
          </span>,
        ])}
        empty={texts.nothing}
      />
    </>
  );
}
