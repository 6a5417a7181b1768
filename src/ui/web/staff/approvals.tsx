/** What a second person has to decide; one's own acts are shown and not offered. */
import type { ApprovalView } from '../../contract/staff-view.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Photo } from '../parts/photo.tsx';
import { texts as general } from '../texts.ts';
import { useStaff } from './staff.tsx';
import { subjectName } from './subject-name.ts';
import { exceptionKinds, overrides, texts } from './texts.ts';

export function Approvals() {
  const t = useText();
  const { view } = useStaff();
  return (
    <>
      <h1 tabIndex={-1}>{t(texts.approvals)}</h1>
      {view.approvals.length === 0 && <p>{t(texts.noApprovals)}</p>}
      <ul class="cards">
        {view.approvals.map((approval) => (
          <li key={approval.of === 'exception' ? approval.exception.id : approval.rule}>
            <Approval approval={approval} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Approval({ approval }: { approval: ApprovalView }) {
  const t = useText();
  const { ask, isWaiting } = useStaff();
  const decide = (approved: boolean) => {
    if (approval.of === 'exception')
      ask({ type: 'settle-exception', exception: approval.exception.id, approved });
    else ask({ type: approved ? 'settle-override' : 'refuse-override', rule: approval.rule });
  };
  return (
    <>
      {approval.of === 'exception' ? (
        <>
          <Photo id={approval.photo} absent={general.photo} />
          <h2>
            {t(subjectName(approval.exception.subject))}: {t(exceptionKinds[approval.exception.kind])}
          </h2>
          <p>{approval.exception.reason}</p>
        </>
      ) : (
        <>
          <h2>{t(overrides[approval.rule])}</h2>
          <p>{approval.reason}</p>
        </>
      )}
      <p>
        {t(texts.recorder)} <b>{approval.by}</b>
      </p>
      {approval.mine ? (
        <div class="row">
          <Button icon="x" label={texts.disapprove} disabled={isWaiting} onPress={() => decide(false)} />
          <Button
            kind="main"
            icon="check"
            label={texts.approve}
            disabled={isWaiting}
            onPress={() => decide(true)}
          />
        </div>
      ) : (
        <p>{t(texts.ownAct)}</p>
      )}
    </>
  );
}
