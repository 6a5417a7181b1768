/** What the person needs: a service, then for a recording the reason for coming, for a number whether they go first. */
import { useState } from 'preact/hooks';
import type { Text } from '../../../failures/entry.ts';
import { REASONS_FOR_COMING } from '../../../rules/recording.ts';
import { Button } from '../parts/button.tsx';
import type { IconName } from '../parts/icon.tsx';
import { Choices } from './choices.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { priorities, reasons, texts } from './texts.ts';

export function Choosing() {
  const { view, can, ask } = useResident();
  const [asked, setAsked] = useState<'service' | 'reason' | 'priority'>('service');
  const back = <Button icon="arrowLeft" label={texts.reasonBack} onPress={() => setAsked('service')} />;

  if (asked === 'reason') {
    return (
      <Scene name="reason" title={texts.reasonTitle} help={texts.chooseHelp} ways={back}>
        <Choices
          of={REASONS_FOR_COMING.map((reason) => ({
            label: reasons[reason],
            onPress: () => ask({ type: 'record', reason }),
          }))}
        />
      </Scene>
    );
  }
  if (asked === 'priority') {
    return (
      <Scene name="priority" title={texts.priorityTitle} help={texts.priorityHelp} ways={back}>
        <Choices
          of={priorities.map(({ priority, name }) => ({
            label: name,
            onPress: () => ask({ type: 'take-number', priority }),
          }))}
        />
      </Scene>
    );
  }
  const [reader] = view.readers;
  const services: { wish: string; label: Text; icon: IconName; onPress(): void }[] = [
    { wish: 'record', label: texts.serviceRecord, icon: 'fingerprint', onPress: () => setAsked('reason') },
    {
      wish: 'check-card',
      label: texts.serviceCheck,
      icon: 'idCard',
      onPress: () => reader && ask({ type: 'check-card', reader }),
    },
    {
      wish: 'ask-status',
      label: texts.serviceStatus,
      icon: 'clock',
      onPress: () => ask({ type: 'ask-status' }),
    },
    { wish: 'take-number', label: texts.serviceQueue, icon: 'ticket', onPress: () => setAsked('priority') },
  ];
  return (
    <Scene name="service" title={texts.chooseTitle} help={texts.chooseHelp}>
      <Choices of={services.filter(({ wish }) => can(wish))} />
    </Scene>
  );
}
