/** The person at the kiosk, for the operator: how far they are, what is kept of them, and what the operator can do. */

import { fingerName } from '../../../rules/finger-position.ts';
import type { StaffSessionView } from '../../contract/staff-view.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Photo } from '../parts/photo.tsx';
import { BiodataList } from '../resident/biodata-list.tsx';
import { Progress } from '../resident/progress.tsx';
import { captures, eyes, progressNames, reasons } from '../resident/texts.ts';
import { texts as general } from '../texts.ts';
import { RecordException } from './record-exception.tsx';
import { CorrectBiodata, EnterBiodata, Identify } from './session-forms.tsx';
import { useStaff } from './staff.tsx';
import { Table } from './table.tsx';
import { type overrides, texts } from './texts.ts';

export function Session() {
  const t = useText();
  const { view, can, ask, isWaiting } = useStaff();
  const { session } = view;
  if (!session) {
    return (
      <>
        <h1 tabIndex={-1}>{t(texts.nobodyServed)}</h1>
        {can('begin') && (
          <Button
            kind="main"
            icon="arrowRight"
            label={texts.beginAssisted}
            disabled={isWaiting}
            onPress={() => ask({ type: 'begin', language: 'id' })}
          />
        )}
      </>
    );
  }
  return <Served session={session} />;
}

function Served({ session }: { session: StaffSessionView }) {
  const t = useText();
  const { seen, captured } = session;
  const now = seen.progress.find(({ state }) => state === 'now');
  return (
    <>
      <h1 tabIndex={-1}>{seen.name ?? (now ? t(progressNames[now.step]) : t(texts.session))}</h1>
      <p class="facts">
        {session.nik && <b class="digits">{session.nik}</b>}
        {seen.reason && <span>{t(reasons[seen.reason])}</span>}
        {session.onRoster === false && (
          <span>
            <Icon name="warning" /> {t(texts.offRoster)}
          </span>
        )}
        {seen.officerCalled && (
          <b>
            <Icon name="warning" /> {t(texts.officerCalled)}
          </b>
        )}
      </p>
      {seen.progress.length > 0 && <Progress steps={seen.progress} />}
      {session.notes.map((note) => (
        <p key={note.code} class="advice">
          <Icon name="warning" />
          <span>
            {t(note.cause)} {t(note.remedy)}
          </span>
        </p>
      ))}
      <Acts />
      <StageHelp session={session} />
      {captured.length > 0 && (
        <>
          <Table
            name={texts.quality}
            columns={[texts.finger, texts.state, texts.quality]}
            rows={captured.map(({ position, eye, state, quality }) => [
              position !== null ? t(fingerName(position)) : eye !== null ? t(eyes[eye]) : '',
              t(
                { 'to-do': texts.toDo, asked: texts.asked, kept: texts.kept, excepted: texts.excepted }[
                  state
                ],
              ),
              quality ?? '',
            ])}
            empty={texts.nothing}
          />
          <div class="row">
            {captured.map(
              ({ sample }) => sample && <Photo key={sample} id={sample} absent={general.photo} />,
            )}
          </div>
        </>
      )}
    </>
  );
}

/** What may be asked for now without a word more. */
function Acts() {
  const { can, ask, isWaiting } = useStaff();
  const acts = [
    { type: 'take-over', label: texts.takeOver, icon: 'arrowRight' },
    { type: 'start-capture', label: texts.startCapture, icon: 'arrowRight' },
    { type: 'be-patient', label: texts.morePatience, icon: 'clock' },
    { type: 'scan-more', label: texts.scanMore, icon: 'idCard' },
    { type: 'scans-complete', label: texts.scansComplete, icon: 'check' },
    { type: 'confirm-correction', label: texts.confirmFinger, icon: 'fingerprint' },
    { type: 'hand-back', label: texts.handBack, icon: 'arrowLeft' },
    { type: 'refuse', label: texts.refuse, icon: 'x' },
  ] as const;
  return (
    <div class="row">
      {acts
        .filter(({ type }) => can(type))
        .map(({ type, label, icon }) => (
          <Button key={type} icon={icon} label={label} disabled={isWaiting} onPress={() => ask({ type })} />
        ))}
    </div>
  );
}

/** A second person may lift the rule that stands in the way. */
function AskOverride({ rule }: { rule: keyof typeof overrides }) {
  const t = useText();
  const { can, ask, isWaiting } = useStaff();
  if (!can('ask-override')) return null;
  const reason = t(texts.override);
  return (
    <Button
      icon="message"
      label={texts.override}
      disabled={isWaiting}
      onPress={() => ask({ type: 'ask-override', rule, reason })}
    />
  );
}

/** What belongs to the stage at hand: forms, the identity gate, exceptions. */
function StageHelp({ session }: { session: StaffSessionView }) {
  const t = useText();
  const { can, ask, isWaiting } = useStaff();
  const { stage } = session.seen;
  switch (stage.at) {
    case 'identification':
      return <Identify />;
    case 'biodata':
      return (
        <>
          {stage.biodata && <BiodataList biodata={stage.biodata} corrected={stage.corrected} />}
          {can('enter-biodata') && session.nik !== null && <EnterBiodata nik={session.nik} />}
          {stage.biodata && can('correct-biodata') && <CorrectBiodata />}
        </>
      );
    case 'capture':
      return (
        <>
          <h2>{t(captures[stage.step].title)}</h2>
          <AskOverride rule="finger-guard" />
          {can('record-exception') && <RecordException captured={session.captured} kind={stage.kind} />}
        </>
      );
    case 'identity-gate':
      return (
        <>
          <h2>{t(texts.gateTitle)}</h2>
          <p>{t(texts.gateHelp)}</p>
          <div class="row">
            {(
              [
                ['family-card', texts.gateFamilyCard],
                ['itap', texts.gateItap],
                ['witness', texts.gateWitness],
              ] as const
            ).map(([means, label]) => (
              <Button
                key={means}
                icon="check"
                label={label}
                disabled={isWaiting || !can('check-identity')}
                onPress={() => ask({ type: 'check-identity', means })}
              />
            ))}
          </div>
        </>
      );
    case 'stopped':
      return <AskOverride rule={stage.rule} />;
    default:
      return null;
  }
}
