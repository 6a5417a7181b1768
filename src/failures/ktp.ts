/** The chip and the SAM: every refusal in the relay between them, and the three verdicts on a card. */
import type { Entries } from './entry.ts';

const layAgain = {
  id: 'Letakkan KTP-el Anda sekali lagi, diamkan sampai selesai.',
  en: 'Lay your KTP-el down once more and leave it there until it is done.',
};
const callOfficer = {
  id: 'Mohon tunggu, petugas akan membantu Anda.',
  en: 'Please wait, an officer will help you.',
};

export const ktp = {
  'KTP-NOT-A-KTP': {
    cause: { id: 'Kartu ini bukan KTP-el.', en: 'This card is not a KTP-el.' },
    resident: {
      id: 'Letakkan KTP-el Anda, bukan kartu lain.',
      en: 'Lay down your KTP-el, not another card.',
    },
    staff: { id: 'Minta KTP-el pemegang.', en: "Ask for the holder's KTP-el." },
  },
  'KTP-CARD-REFUSED': {
    cause: { id: 'Cip menolak sebuah perintah.', en: 'The chip refused a command.' },
    resident: layAgain,
    staff: {
      id: 'Angkat kartu, letakkan lagi, ulangi. Bila hanya kartu ini yang gagal, catat kartu rusak dan ajukan penggantian.',
      en: 'Lift the card, lay it down again, repeat. If only this card fails, record it as faulty and ask for a new one.',
    },
  },
  'KTP-CARD-ANSWER': {
    cause: {
      id: 'Jawaban cip lebih pendek atau lebih panjang dari yang diminta.',
      en: "The chip's answer is shorter or longer than asked for.",
    },
    resident: layAgain,
    staff: {
      id: 'Ulangi dengan kartu mendatar. Bila kartu lain juga gagal, periksa pembaca.',
      en: 'Repeat with the card lying flat. If other cards fail too, check the reader.',
    },
  },
  'KTP-LENGTH-INVALID': {
    cause: {
      id: 'Panjang berkas yang tertulis di cip tidak sesuai dengan isinya.',
      en: 'The length of a file, as written on the chip, does not agree with what it holds.',
    },
    resident: callOfficer,
    staff: {
      id: 'Ulangi sekali. Bila tetap, isi cip rusak: catat sengketa kartu dan ajukan penggantian.',
      en: 'Repeat once. If it stays so, the chip was written wrongly: record a dispute and ask for a new card.',
    },
  },
  'KTP-GENERATION-UNKNOWN': {
    cause: {
      id: 'Kartu bukan generasi lama dan bukan generasi baru.',
      en: 'The card is of neither the old nor the new generation.',
    },
    resident: callOfficer,
    staff: {
      id: 'Kios ini belum mengenal kartu tersebut: laporkan kepada teknisi bersama rinciannya.',
      en: 'This kiosk does not know such a card yet: report it to the technician with the detail.',
    },
  },
  'KTP-STATE-UNKNOWN': {
    cause: {
      id: 'Status aktivasi kartu tidak dapat dikenali.',
      en: "The card's activation state is none that this kiosk knows.",
    },
    resident: callOfficer,
    staff: {
      id: 'Jangan serahkan kartu sebagai kartu aktif. Teknisi: periksa “activation” pada profil kartu.',
      en: 'Do not hand the card over as activated. Technician: check “activation” in the card profile.',
    },
  },
  'KTP-UID-UNKNOWN': {
    cause: {
      id: 'Nomor cip (UID) tidak berbentuk seperti pada KTP-el.',
      en: "The chip's UID has not the form that a KTP-el has.",
    },
    resident: callOfficer,
    staff: {
      id: 'Ulangi. Bila hanya kartu ini, jangan dipercaya; bila semua kartu, pembaca tidak meneruskan UID: panggil teknisi.',
      en: 'Repeat. If it is only this card, do not trust it; if all cards, the reader does not pass the UID on: call the technician.',
    },
  },
  'KTP-PHOTO-NOT-JPEG': {
    cause: { id: 'Foto pada cip bukan gambar JPEG.', en: 'The photo on the chip is not a JPEG.' },
    resident: callOfficer,
    staff: {
      id: 'Ulangi sekali. Bila tetap, isi cip rusak: catat sengketa kartu.',
      en: 'Repeat once. If it stays so, the content of the chip is broken: record a dispute.',
    },
  },
  'KTP-BIODATA-INVALID': {
    cause: {
      id: 'Biodata pada cip tidak dapat dibaca sebagai 20 isian.',
      en: 'The biodata on the chip cannot be read as 20 fields.',
    },
    resident: callOfficer,
    staff: {
      id: 'Tanda tangan digital kartu sah, tetapi biodatanya rusak: catat sengketa kartu dan laporkan ke pusat.',
      en: "The card's digital signature holds but its biodata is broken: record a dispute and report it to the centre.",
    },
  },
  'KTP-SAM-ABSENT': {
    cause: { id: 'Tidak ada SAM di pembaca.', en: 'There is no SAM in the reader.' },
    resident: callOfficer,
    staff: {
      id: 'Keaslian kartu tidak dapat diperiksa. Teknisi: pasang SAM dan ulangi pemeriksaan.',
      en: 'No card can be proved genuine. Technician: put the SAM in its slot and repeat the check.',
    },
  },
  'KTP-SAM-LOST': {
    cause: { id: 'SAM tidak menjawab.', en: 'The SAM does not answer.' },
    resident: callOfficer,
    staff: {
      id: 'Ulangi. Bila tetap, teknisi: periksa dudukan SAM dan daya pembaca.',
      en: "Repeat. If it stays so, technician: check the SAM's seat and the reader's power.",
    },
  },
  'KTP-SAM-OPEN-REFUSED': {
    cause: {
      id: 'SAM menolak dibuka dengan PCID dan CONF yang diatur.',
      en: 'The SAM refuses to be opened with the PCID and CONF that are set.',
    },
    resident: callOfficer,
    staff: {
      id: 'Jangan dicoba berulang: SAM dapat terkunci. Teknisi: cocokkan samOpen dengan surat SAM, lalu cabut dan pasang SAM.',
      en: "Do not try again and again: a SAM may lock. Technician: compare samOpen with the SAM's letter, then take the SAM out and put it back.",
    },
  },
  'KTP-SAM-REFUSED': {
    cause: { id: 'SAM menolak sebuah perintah.', en: 'The SAM refused a command.' },
    resident: callOfficer,
    staff: {
      id: 'Ulangi dengan kartu lain. Bila semua gagal, teknisi: nyalakan ulang pembaca dan periksa SAM.',
      en: 'Repeat with another card. If all fail, technician: restart the reader and check the SAM.',
    },
  },
  'KTP-SAM-ANSWER': {
    cause: {
      id: 'Jawaban SAM tidak berbentuk semestinya.',
      en: "The SAM's answer has not the form it must have.",
    },
    resident: callOfficer,
    staff: {
      id: 'Ulangi. Bila tetap, teknisi: nyalakan ulang pembaca dan periksa jenis SAM.',
      en: 'Repeat. If it stays so, technician: restart the reader and check what kind of SAM it is.',
    },
  },
  'KTP-AUTH-REFUSED': {
    cause: {
      id: 'Cip dan SAM tidak saling mengenal: kartunya palsu, atau SAM dari penerbit lain.',
      en: 'Chip and SAM do not know each other: the card is false, or the SAM is of another issuer.',
    },
    resident: callOfficer,
    staff: {
      id: 'Coba kartu lain. Bila kartu lain berhasil, kartu ini tidak boleh dipercaya; bila tidak satu pun berhasil, SAM dari penerbit lain: panggil teknisi.',
      en: 'Try another card. If others work, this card is not to be trusted; if none works, the SAM is of another issuer: call the technician.',
    },
  },
  'KTP-CHANNEL-BROKEN': {
    cause: {
      id: 'Jalur terlindung antara cip dan SAM terputus.',
      en: 'The protected channel between chip and SAM broke.',
    },
    resident: layAgain,
    staff: {
      id: 'Ulangi. Bila hanya terjadi pada kartu ini, jangan dipercaya; bila pada semua kartu, periksa pembaca.',
      en: 'Repeat. If it happens with this card only, do not trust it; if with all cards, check the reader.',
    },
  },
  'KTP-NO-PROOF': {
    cause: {
      id: 'Cip ini tidak mampu membuktikan keasliannya.',
      en: 'This chip cannot prove that it is genuine at all.',
    },
    resident: callOfficer,
    staff: {
      id: 'Perlakukan sebagai kartu tidak asli: tahan aktivasi, catat sengketa, laporkan kepada supervisor.',
      en: 'Treat the card as not genuine: no activation, record a dispute, tell the supervisor.',
    },
  },
  'KTP-CLONE': {
    cause: {
      id: 'SAM tidak mengakui bukti dari cip: cip tidak memegang kunci yang benar.',
      en: "The SAM does not accept the chip's proof: the chip does not hold the right key.",
    },
    resident: callOfficer,
    staff: {
      id: 'Perlakukan sebagai kartu tiruan: tahan aktivasi, catat sengketa, laporkan kepada supervisor. Bila semua kartu ditolak, SAM yang bermasalah.',
      en: 'Treat the card as a clone: no activation, record a dispute, tell the supervisor. If all cards are refused, the SAM is at fault.',
    },
  },
  'KTP-NOT-GENUINE': {
    cause: {
      id: 'Tanda tangan digital tidak cocok dengan isi cip: isi pernah diubah.',
      en: 'The digital signature does not agree with what the chip holds: something was changed.',
    },
    resident: callOfficer,
    staff: {
      id: 'Jangan pakai data kartu ini: tahan aktivasi, catat sengketa, laporkan kepada supervisor. Bila semua kartu ditolak, SAM yang bermasalah.',
      en: "Do not use this card's data: no activation, record a dispute, tell the supervisor. If all cards are refused, the SAM is at fault.",
    },
  },
  'KTP-OTHER-CARD': {
    cause: {
      id: 'Kartu di pembaca bukan kartu yang tadi diverifikasi.',
      en: 'The card on the reader is not the one that was verified.',
    },
    resident: { id: 'Letakkan kembali kartu yang tadi.', en: 'Lay the card from before down again.' },
    staff: {
      id: 'Letakkan kartu yang sudah diverifikasi, atau mulai verifikasi dari awal.',
      en: 'Lay down the verified card, or begin the verification again.',
    },
  },
  'KTP-NOT-ACTIVATED': {
    cause: {
      id: 'Cip menerima perintah aktivasi tetapi tetap belum aktif.',
      en: 'The chip took the activation command but is still not active.',
    },
    resident: callOfficer,
    staff: {
      id: 'Coba aktivasi sekali lagi. Bila tetap, jangan serahkan kartu; laporkan ke pusat.',
      en: 'Try the activation once more. If it stays so, do not hand the card over; report it to the centre.',
    },
  },
  'KTP-CANCELLED': {
    cause: { id: 'Pembacaan kartu dihentikan.', en: 'The work with the card was stopped.' },
    staff: { id: 'Mulai lagi bila perlu.', en: 'Start again when needed.' },
  },
} as const satisfies Entries;
