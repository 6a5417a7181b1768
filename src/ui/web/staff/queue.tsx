/** Who waits, who is called, and whether the kiosk serves at all. */
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { priorities } from '../resident/texts.ts';
import { useStaff } from './staff.tsx';
import { Table } from './table.tsx';
import { kioskStates, texts } from './texts.ts';

export function Queue() {
  const t = useText();
  const { view, can, ask, isWaiting } = useStaff();
  const { queue, kiosk } = view;
  const { called } = queue;
  const nameOf = (priority: string | null) => priorities.find((one) => one.priority === priority)?.name;
  return (
    <>
      <h1 tabIndex={-1}>{t(texts.queue)}</h1>
      <p class="facts">
        {kiosk && (
          <span>
            {t(texts.kiosk)}: <b>{t(kioskStates[kiosk.state])}</b>
          </span>
        )}
        <span>
          {t(texts.called)}: <b class="digits">{called ?? '–'}</b>
        </span>
        <span>
          {t(texts.serving)}: <b class="digits">{queue.serving ?? '–'}</b>
        </span>
      </p>
      <div class="row">
        {can('call-next') && (
          <Button
            kind="main"
            icon="arrowRight"
            label={texts.callNext}
            disabled={isWaiting || queue.waiting.length === 0}
            onPress={() => ask({ type: 'call-next' })}
          />
        )}
        {can('mark-missed') && called !== null && (
          <Button
            icon="x"
            label={texts.missed}
            disabled={isWaiting}
            onPress={() => ask({ type: 'mark-missed', number: called })}
          />
        )}
        <KioskActs />
      </div>
      <Table
        name={texts.queue}
        columns={[texts.number, texts.priority, texts.wait, texts.missed]}
        rows={queue.waiting.map(({ number, priority, waitMinutes, missed }) => [
          number,
          priority === null ? '' : t(nameOf(priority) ?? { id: priority, en: priority }),
          waitMinutes,
          missed,
        ])}
        empty={texts.nobodyWaits}
      />
    </>
  );
}

/** What can be done to the kiosk as a whole. */
function KioskActs() {
  const { can, ask, isWaiting } = useStaff();
  const acts = [
    { type: 'open-kiosk', label: texts.openKiosk, icon: 'power' },
    { type: 'close-kiosk', label: texts.closeKiosk, icon: 'power' },
    { type: 'resume-kiosk', label: texts.resumeKiosk, icon: 'arrowRight' },
    { type: 'self-test', label: texts.selfTest, icon: 'retry' },
    { type: 'reset-tamper', label: texts.resetTamper, icon: 'shieldCheck' },
  ] as const;
  const today = new Date().toLocaleDateString('sv-SE');
  return (
    <>
      {acts
        .filter(({ type }) => can(type))
        .map(({ type, label, icon }) => (
          <Button key={type} icon={icon} label={label} disabled={isWaiting} onPress={() => ask({ type })} />
        ))}
      {can('pause-kiosk') && (
        <Button
          icon="clock"
          label={texts.pauseKiosk}
          disabled={isWaiting}
          onPress={() => ask({ type: 'pause-kiosk', reason: texts.pauseKiosk.id })}
        />
      )}
      {can('confirm-date') && (
        <Button
          icon="check"
          label={{ id: `${texts.confirmDate.id}: ${today}`, en: `${texts.confirmDate.en}: ${today}` }}
          disabled={isWaiting}
          onPress={() => ask({ type: 'confirm-date', date: today })}
        />
      )}
    </>
  );
}
