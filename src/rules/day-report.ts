/** The report of a day: what the supervision and the honorarium ask for. Counts and words of code, nobody's name. */

export interface DayReport {
  /** YYYY-MM-DD, on the kiosk's calendar. */
  readonly day: string;
  readonly villages: readonly VillageDay[];
  /** Sessions in which nobody was identified. */
  readonly unidentified: number;
  /** Of those who must hold a card (17 or more) and are on the roster: how many are recorded by now. */
  readonly coverage: readonly {
    readonly village: string;
    readonly mustHold: number;
    readonly recorded: number;
  }[];
  /** From the opening of a session to its end, of those that were sealed; null: there was none. */
  readonly service: { readonly medianSeconds: number; readonly p90Seconds: number } | null;
  readonly devices: readonly DeviceDay[];
  readonly exceptions: readonly ExceptionDay[];
  /** All that came so far, not of this day alone. */
  readonly cards: readonly CardsOfVillage[];
  readonly operators: readonly OperatorDay[];
  /** IKM, 25–100; null: nobody answered. */
  readonly satisfaction: number | null;
  /** By month; null: fewer than ten, which might tell who spoke. */
  readonly fees: readonly { readonly month: string; readonly count: number | null }[];
  /** Who reviewed and approved the day; null: it is not closed. */
  readonly closed: {
    readonly reviewedBy: string;
    readonly approvedBy: string;
    readonly code: string | null;
  } | null;
}

export interface VillageDay {
  readonly village: string;
  /** Sealed. */
  readonly recorded: number;
  /** All others. */
  readonly unfinished: number;
  /** How those ended; null: they have not. */
  readonly failed: readonly { readonly how: string | null; readonly sessions: number }[];
  /** Why those came who were recorded. */
  readonly reasons: readonly { readonly reason: string; readonly recorded: number }[];
}

export interface DeviceDay {
  readonly device: string;
  readonly captured: number;
  readonly faults: readonly { readonly code: string; readonly count: number }[];
  /** Of what it captured, by finger or eye: good enough, and not. */
  readonly judged: readonly { readonly subject: string; readonly good: number; readonly poor: number }[];
}

export interface ExceptionDay {
  readonly recorder: string;
  readonly approver: string;
  readonly kind: string;
  readonly approved: number;
  readonly refused: number;
}

export interface CardsOfVillage {
  readonly village: string;
  readonly arrived: number;
  readonly handedOver: number;
  readonly inSafe: number;
}

export interface OperatorDay {
  readonly operator: string;
  readonly sessions: number;
  readonly recorded: number;
  /** From opening to end, of all of them. */
  readonly seconds: number;
  /** Sessions with an exception in them. */
  readonly excepted: number;
}

type Line = readonly [section: string, subject: string, measure: string, value: string | number | null];

/** RFC 4180, a figure a line: which table, of what, which figure; so that one file holds all tables. */
export function dayReportCsv(report: DayReport): string {
  const lines: readonly Line[] = [
    ...report.villages.flatMap(villageLines),
    ['sessions', 'unidentified', 'sessions', report.unidentified],
    ...report.coverage.flatMap(({ village, ...counts }) => figures('coverage', village, counts)),
    ...(report.service ? figures('service', 'sealed', report.service) : []),
    ...report.devices.flatMap(({ device, captured, faults, judged }): Line[] => [
      ['devices', device, 'captured', captured],
      ...faults.map(({ code, count }): Line => ['devices', device, code, count]),
      ...judged.flatMap(({ subject, good, poor }): Line[] => [
        ['devices', device, `good ${subject}`, good],
        ['devices', device, `poor ${subject}`, poor],
      ]),
    ]),
    ...report.exceptions.flatMap(({ recorder, approver, kind, ...counts }) =>
      figures('exceptions', `${recorder}/${approver}/${kind}`, counts),
    ),
    ...report.cards.flatMap(({ village, arrived, handedOver, inSafe }) =>
      figures('cards', village, { arrived, handedOver, inSafe }),
    ),
    ...report.operators.flatMap(({ operator, ...counts }) => figures('operators', operator, counts)),
    ['satisfaction', 'ikm', 'index', report.satisfaction],
    ...report.fees.map(({ month, count }): Line => ['fees', month, 'reports', count]),
    ['closed', 'day', 'reviewedBy', report.closed?.reviewedBy ?? null],
    ['closed', 'day', 'approvedBy', report.closed?.approvedBy ?? null],
    ['closed', 'day', 'code', report.closed?.code ?? null],
  ];
  const rows = [
    ['day', 'section', 'subject', 'measure', 'value'],
    ...lines.map((line) => [report.day, ...line]),
  ];
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function villageLines({ village, recorded, unfinished, failed, reasons }: VillageDay): Line[] {
  return [
    ...figures('villages', village, { recorded, unfinished }),
    ...failed.map(({ how, sessions }): Line => ['villages', village, `failed ${how ?? 'open'}`, sessions]),
    ...reasons.map((one): Line => ['villages', village, `recorded ${one.reason}`, one.recorded]),
  ];
}

function figures(section: string, subject: string, counts: Readonly<Record<string, number>>): Line[] {
  return Object.entries(counts).map(([measure, value]) => [section, subject, measure, value]);
}

/** A name that a spreadsheet would take for a formula is told to be text. */
function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
