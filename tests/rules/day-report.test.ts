/** The day's report as CSV. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DayReport, dayReportCsv } from '../../src/rules/day-report.ts';

const REPORT: DayReport = {
  day: '2026-03-02',
  villages: [
    {
      ...{ village: '=TANJUNG "LAGO"', recorded: 2, unfinished: 1 },
      failed: [{ how: null, sessions: 1 }],
      reasons: [{ reason: 'new', recorded: 2 }],
    },
  ],
  unidentified: 3,
  coverage: [{ village: 'SUKA DAMAI', mustHold: 10, recorded: 4 }],
  service: { medianSeconds: 200, p90Seconds: 410 },
  devices: [
    {
      device: 'finger',
      captured: 40,
      faults: [{ code: 'SENSOR-SILENT', count: 2 }],
      judged: [{ subject: 'finger-2', good: 9, poor: 3 }],
    },
  ],
  exceptions: [{ recorder: 'rina', approver: 'kepala', kind: 'missing', approved: 1, refused: 0 }],
  cards: [{ village: 'SUKA DAMAI', arrived: 120, handedOver: 97, inSafe: 23 }],
  operators: [{ operator: 'rina', sessions: 3, recorded: 2, seconds: 900, excepted: 1 }],
  satisfaction: null,
  fees: [{ month: '2026-03', count: null }],
  closed: null,
};

test('a figure a line; what a spreadsheet would compute is text, and what is not told is empty', () => {
  const lines = dayReportCsv(REPORT).split('\r\n');
  expect(lines[0]).toBe('"day","section","subject","measure","value"');
  expect(lines).toContain('"2026-03-02","villages","\'=TANJUNG ""LAGO""","recorded",2');
  expect(lines).toContain('"2026-03-02","cards","SUKA DAMAI","inSafe",23');
  expect(lines).toContain('"2026-03-02","devices","finger","SENSOR-SILENT",2');
  expect(lines).toContain('"2026-03-02","devices","finger","poor finger-2",3');
  expect(lines).toContain('"2026-03-02","exceptions","rina/kepala/missing","approved",1');
  expect(lines).toContain('"2026-03-02","fees","2026-03","reports",');
});

test('whatever a village is called, a line has five fields', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (village) => {
      const csv = dayReportCsv({
        ...REPORT,
        villages: [],
        coverage: [{ village, mustHold: 1, recorded: 0 }],
      });
      const rows = parse(csv).filter((row) => row.length > 1);
      expect(rows.every((row) => row.length === 5)).toBe(true);
      const [kept] = rows.filter(([, section]) => section === 'coverage');
      expect(kept?.[2]?.endsWith(village)).toBe(true);
    }),
  );
});

/** RFC 4180. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  let [text, quoted] = ['', false];
  for (let i = 0; i < csv.length; i++) {
    const character = csv[i]!;
    if (quoted && character === '"' && csv[i + 1] === '"') text += csv[i++];
    else if (character === '"') quoted = !quoted;
    else if (quoted || (character !== ',' && character !== '\r')) text += character;
    else {
      rows.at(-1)!.push(text);
      text = '';
      if (character === '\r') rows.push([]);
      if (character === '\r') i++;
    }
  }
  return rows;
}
