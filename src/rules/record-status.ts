/**
 * Where a record is, in the centre's words, with what a resident is told and when waiting is no longer normal. The ages
 * are this project's proposal, from the waits that residents name (domain.md): no regulation gives them.
 */
export const RECORD_STATUSES = [
  'UNREGISTERED',
  'BIO_CAPTURED',
  'PROCESSING',
  'SENT_FOR_ENROLLMENT',
  'RECEIVED_AT_CENTRAL',
  'PRINT_READY_RECORD',
  'SENT_FOR_CARD_PRINTING',
  'CARD_PRINTED',
  'CARD_SHIPPED',
  'CARD_ISSUED',
  'ADJUDICATE_RECORD',
  'DUPLICATE_RECORD',
  'ENROLL_FAILURE_AT_CENTRAL',
  'ENROLL_FAILURE_AT_REGIONAL',
  'SEARCH_FAILURE_AT_CENTRAL',
] as const;
export type RecordStatus = (typeof RECORD_STATUSES)[number];

interface Text {
  readonly id: string;
  readonly en: string;
}

interface Meaning {
  /** What it means, in a sentence for the resident. */
  readonly means: Text;
  readonly nextStep: Text;
  /** Days after which a record that is still here is stuck; null: it may stay. */
  readonly stuckAfterDays: number | null;
  /** Which statuses may come next; any may be reported again. */
  readonly next: readonly RecordStatus[];
}

const wait: Text = {
  id: 'Anda tidak perlu melakukan apa pun. Tanyakan lagi bila lewat dari tanggal pada tanda terima.',
  en: 'You need to do nothing. Ask again if the date on your receipt has passed.',
};
const recordAgain: Text = {
  id: 'Silakan datang lagi untuk direkam ulang. Gratis, dan Anda didahulukan.',
  en: 'Please come again to be recorded once more. It is free, and you go first.',
};

const meanings: Readonly<Record<RecordStatus, Meaning>> = {
  UNREGISTERED: {
    means: { id: 'Anda belum direkam.', en: 'You are not recorded yet.' },
    nextStep: {
      id: 'Anda dapat direkam sekarang. Bawa kartu keluarga.',
      en: 'You can be recorded now. Bring the family card.',
    },
    stuckAfterDays: null,
    next: ['BIO_CAPTURED'],
  },
  BIO_CAPTURED: {
    means: {
      id: 'Rekaman Anda tersimpan di anjungan ini.',
      en: 'Your recording is stored at this kiosk.',
    },
    nextStep: wait,
    stuckAfterDays: 1,
    next: ['PROCESSING'],
  },
  PROCESSING: {
    means: {
      id: 'Rekaman Anda sedang disiapkan untuk dikirim ke pusat.',
      en: 'Your recording is being made ready to be sent to the centre.',
    },
    nextStep: wait,
    stuckAfterDays: 3,
    next: ['SENT_FOR_ENROLLMENT'],
  },
  SENT_FOR_ENROLLMENT: {
    means: {
      id: 'Rekaman Anda sudah dikirim ke pusat.',
      en: 'Your recording was sent to the centre.',
    },
    nextStep: wait,
    stuckAfterDays: 7,
    next: ['RECEIVED_AT_CENTRAL', 'ENROLL_FAILURE_AT_REGIONAL'],
  },
  RECEIVED_AT_CENTRAL: {
    means: {
      id: 'Pusat sudah menerima rekaman Anda dan sedang memeriksanya.',
      en: 'The centre received your recording and is checking it.',
    },
    nextStep: wait,
    stuckAfterDays: 14,
    next: [
      'PRINT_READY_RECORD',
      'ADJUDICATE_RECORD',
      'DUPLICATE_RECORD',
      'ENROLL_FAILURE_AT_CENTRAL',
      'ENROLL_FAILURE_AT_REGIONAL',
      'SEARCH_FAILURE_AT_CENTRAL',
    ],
  },
  PRINT_READY_RECORD: {
    means: { id: 'Rekaman Anda siap dicetak.', en: 'Your recording is ready to be printed.' },
    nextStep: wait,
    stuckAfterDays: 14,
    next: ['SENT_FOR_CARD_PRINTING'],
  },
  SENT_FOR_CARD_PRINTING: {
    means: { id: 'Kartu Anda menunggu dicetak.', en: 'Your card waits to be printed.' },
    nextStep: wait,
    stuckAfterDays: 14,
    next: ['CARD_PRINTED'],
  },
  CARD_PRINTED: {
    means: { id: 'Kartu Anda sudah dicetak.', en: 'Your card is printed.' },
    nextStep: wait,
    stuckAfterDays: 7,
    next: ['CARD_SHIPPED'],
  },
  CARD_SHIPPED: {
    means: {
      id: 'Kartu Anda dalam perjalanan ke kecamatan, atau sudah di sini.',
      en: 'Your card is on its way to the sub-district, or here already.',
    },
    nextStep: {
      id: 'Datanglah sendiri untuk mengambil dan mengaktifkannya. Gratis.',
      en: 'Come in person to collect and activate it. It is free.',
    },
    stuckAfterDays: 30,
    next: ['CARD_ISSUED'],
  },
  CARD_ISSUED: {
    means: { id: 'Kartu Anda sudah diserahkan.', en: 'Your card was handed over.' },
    nextStep: {
      id: 'Tidak ada lagi yang perlu dilakukan. Bila kartu hilang atau rusak, laporkan kepada petugas.',
      en: 'Nothing is left to do. If the card is lost or damaged, tell the officer.',
    },
    stuckAfterDays: null,
    next: [],
  },
  ADJUDICATE_RECORD: {
    means: {
      id: 'Pusat memeriksa rekaman Anda dengan lebih teliti.',
      en: 'The centre is looking at your recording more closely.',
    },
    nextStep: wait,
    stuckAfterDays: 30,
    next: [
      'PRINT_READY_RECORD',
      'DUPLICATE_RECORD',
      'ENROLL_FAILURE_AT_CENTRAL',
      'SEARCH_FAILURE_AT_CENTRAL',
    ],
  },
  DUPLICATE_RECORD: {
    means: {
      id: 'Pusat menemukan rekaman lain yang mirip dengan rekaman Anda.',
      en: 'The centre found another recording that resembles yours.',
    },
    nextStep: {
      id: 'Silakan temui petugas dengan kartu keluarga. Anda tidak perlu direkam lagi.',
      en: 'Please see the officer with your family card. You need not be recorded again.',
    },
    stuckAfterDays: 14,
    next: ['PRINT_READY_RECORD'],
  },
  ENROLL_FAILURE_AT_CENTRAL: {
    means: {
      id: 'Pusat tidak dapat memakai rekaman Anda.',
      en: 'The centre could not use your recording.',
    },
    nextStep: recordAgain,
    stuckAfterDays: 14,
    next: ['BIO_CAPTURED'],
  },
  ENROLL_FAILURE_AT_REGIONAL: {
    means: {
      id: 'Rekaman Anda tidak dapat diteruskan ke pusat.',
      en: 'Your recording could not be passed on to the centre.',
    },
    nextStep: recordAgain,
    stuckAfterDays: 14,
    next: ['BIO_CAPTURED'],
  },
  SEARCH_FAILURE_AT_CENTRAL: {
    means: {
      id: 'Pusat belum dapat membandingkan rekaman Anda dengan rekaman lain.',
      en: 'The centre could not yet compare your recording with others.',
    },
    nextStep: wait,
    stuckAfterDays: 14,
    next: ['RECEIVED_AT_CENTRAL', 'ADJUDICATE_RECORD', 'PRINT_READY_RECORD', 'ENROLL_FAILURE_AT_CENTRAL'],
  },
};

export function meaningOf(status: RecordStatus): Meaning {
  return meanings[status];
}

const seeOfficer: Text = {
  id: 'Silakan temui petugas dengan kartu keluarga.',
  en: 'Please see the officer with your family card.',
};
/** They tell of a failure, a suspicion or another recording. */
const NOT_FOR_ANYBODY: ReadonlySet<RecordStatus> = new Set([
  'ADJUDICATE_RECORD',
  'DUPLICATE_RECORD',
  'ENROLL_FAILURE_AT_CENTRAL',
  'ENROLL_FAILURE_AT_REGIONAL',
]);

/** What to do next, as it may be told to whoever knows a NIK and may be anybody. */
export function nextStepForAnybody(status: RecordStatus): Text {
  return NOT_FOR_ANYBODY.has(status) ? seeOfficer : meanings[status].nextStep;
}

export function isRecordStatus(text: string): text is RecordStatus {
  return Object.hasOwn(meanings, text);
}

/** Whether a record may be made: nobody is recorded twice, but for whom the centre asked to be recorded once more. */
export function mayRecord(status: RecordStatus): 'may-record' | 'recorded' | 'may-record-again' {
  if (status === 'UNREGISTERED') return 'may-record';
  return meanings[status].next.includes('BIO_CAPTURED') ? 'may-record-again' : 'recorded';
}

/** `days`: since the record came to this status. */
export function isStuck(status: RecordStatus, days: number): boolean {
  const { stuckAfterDays } = meanings[status];
  return stuckAfterDays !== null && days > stuckAfterDays;
}
