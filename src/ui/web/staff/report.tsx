/** The day's report: on the page, as PDF through the browser's print. */
import { useState } from 'preact/hooks';
import type { DayReport } from '../../../rules/day-report.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { useStaff } from './staff.tsx';
import { Table } from './table.tsx';
import { texts } from './texts.ts';

export function Report() {
  const t = useText();
  const { view, ask, isWaiting } = useStaff();
  const [day, setDay] = useState(new Date().toLocaleDateString('sv-SE'));
  return (
    <>
      <h1 tabIndex={-1}>{t(texts.report)}</h1>
      <div class="row">
        <label class="field">
          <span>{t(texts.day)}</span>
          <input type="date" value={day} onInput={({ currentTarget }) => setDay(currentTarget.value)} />
        </label>
        <Button
          kind="main"
          icon="arrowRight"
          label={texts.show}
          disabled={isWaiting}
          onPress={() => ask({ type: 'report', day })}
        />
        {view.report && <Button icon="printer" label={texts.print} onPress={() => window.print()} />}
      </div>
      {view.report && <Tables report={view.report} />}
    </>
  );
}

function Tables({ report }: { report: DayReport }) {
  const t = useText();
  return (
    <div class="report">
      <h2>{report.day}</h2>
      <Table
        name={texts.village}
        columns={[texts.village, texts.recorded, texts.unfinished]}
        rows={report.villages.map((one) => [one.village, one.recorded, one.unfinished])}
        empty={texts.nothing}
      />
      <Table
        name={texts.operator}
        columns={[texts.operator, texts.sessions]}
        rows={report.operators.map((one) => [one.operator, one.sessions])}
        empty={texts.nothing}
      />
      <Table
        name={texts.recorder}
        columns={[texts.recorder, texts.approver, texts.approvedCount, texts.refusedCount]}
        rows={report.exceptions.map((one) => [one.recorder, one.approver, one.approved, one.refused])}
        empty={texts.nothing}
      />
      <Table
        name={texts.cardsArrived}
        columns={[texts.village, texts.cardsArrived, texts.cardsHanded, texts.cardsSafe]}
        rows={report.cards.map((one) => [one.village, one.arrived, one.handedOver, one.inSafe])}
        empty={texts.nothing}
      />
      <p>
        {t(texts.satisfaction)}: <b>{report.satisfaction?.toFixed(2) ?? '–'}</b>
      </p>
      <Table
        name={texts.fees}
        columns={[texts.month, texts.fees]}
        rows={report.fees.map((one) => [one.month, one.count ?? t(texts.fewer)])}
        empty={texts.nothing}
      />
    </div>
  );
}
