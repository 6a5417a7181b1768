/** A capture that cannot be had: of what, why, in the operator's words. A photo and a second person follow. */
import { useState } from 'preact/hooks';
import { EXCEPTION_TYPES, type ExceptionSubject, type ExceptionType } from '../../../rules/recording.ts';
import type { CaptureView } from '../../contract/resident-view.ts';
import type { StaffSessionView } from '../../contract/staff-view.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { useStaff } from './staff.tsx';
import { subjectName } from './subject-name.ts';
import { exceptionKinds, texts } from './texts.ts';

interface Props {
  readonly captured: StaffSessionView['captured'];
  readonly kind: CaptureView['kind'];
}

export function RecordException({ captured, kind }: Props) {
  const t = useText();
  const { ask, isWaiting } = useStaff();
  const subjects = subjectsOf(captured, kind);
  // The subject itself, not its place: the list grows shorter while the operator writes.
  const [chosen, choose] = useState('');
  const [type, setType] = useState<ExceptionType>('missing');
  const [reason, setReason] = useState('');
  if (subjects.length === 0) return null;
  const subject = subjects.find((each) => subjectName(each).id === chosen);
  return (
    <section>
      <h2>{t(texts.exceptionTitle)}</h2>
      <div class="row">
        <label class="field">
          <span>{t(texts.finger)}</span>
          <select value={subject ? chosen : ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <option value="">–</option>
            {subjects.map((each) => (
              <option key={subjectName(each).id} value={subjectName(each).id}>
                {t(subjectName(each))}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t(texts.exceptionKind)}</span>
          <select
            value={type}
            onChange={({ currentTarget }) => setType(currentTarget.value as ExceptionType)}
          >
            {EXCEPTION_TYPES.map((each) => (
              <option key={each} value={each}>
                {t(exceptionKinds[each])}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t(texts.exceptionReason)}</span>
          <input
            value={reason}
            maxLength={200}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </label>
        <Button
          icon="minus"
          label={texts.exceptionRecord}
          disabled={isWaiting || !subject || reason.trim().length < 3}
          onPress={() => {
            if (subject) ask({ type: 'record-exception', subject, kind: type, reason: reason.trim() });
            choose('');
            setReason('');
          }}
        />
      </div>
    </section>
  );
}

function subjectsOf(captured: Props['captured'], kind: Props['kind']): ExceptionSubject[] {
  if (kind === 'signature') return [{ kind: 'signature' }];
  if (kind === 'photo') return [{ kind: 'photo-background' }];
  return captured.flatMap(({ position, eye, state }): ExceptionSubject[] => {
    if (state === 'kept' || state === 'excepted') return [];
    if (position !== null) return [{ kind: 'finger', position }];
    return eye === null ? [] : [{ kind: 'iris', eye }];
  });
}
