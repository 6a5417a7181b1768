/** Makes the content of a chip: the holder's data in files, signed by the issuer. */
import { sign } from 'node:crypto';
import type { Biodata } from '../../rules/biodata.ts';
import type { ChipContent } from './chip.ts';
import { CARD_CONTROL_LENGTH, ECDSA_LENGTH, EF, prefixed, SIGNATURE_LENGTH } from './files.ts';
import { type CardGeneration, cardKeys, type Issuer, named } from './issuer.ts';

/** What the chip tells of its holder. */
export interface Holder {
  readonly biodata: Biodata;
  /** JPEG. */
  readonly photo: Uint8Array;
  /** A compressed bitmap of 168 × 44 pixels. */
  readonly signature: Uint8Array;
  /** ISO/IEC 19794-2 records of both fingers, by default right index, left index. */
  readonly minutiae: readonly [Uint8Array, Uint8Array];
}

export interface ChipOrder {
  /** Names the chip: its UID and card control follow from it. */
  readonly name: string;
  readonly type: 'A' | 'B';
  readonly generation: CardGeneration;
  readonly activated: boolean;
}

/** UID8 as the SAM wants it: that of type B, or 80 before the seven bytes of type A. */
export function uid8(content: Pick<ChipContent, 'type' | 'uid'>): Uint8Array {
  return content.type === 'A' ? Uint8Array.of(0x80, ...content.uid) : content.uid;
}

/** `shown`: what the files hold instead, after the issuer signed `holder`: a tampered card. */
export function personalise(
  issuer: Issuer,
  order: ChipOrder,
  holder: Holder,
  shown: Holder = holder,
): ChipContent {
  const uid = named(`uid ${order.name}`, order.type === 'A' ? 7 : 8);
  if (order.type === 'A') uid[0] = 0x04; // a chip maker's code, ISO/IEC 7816-6
  const cardControl = makeCardControl(order);
  const chip = { type: order.type, uid };
  const files = new Map([
    [EF.cardControl, prefixed(cardControl)],
    [EF.biodata, prefixed(biodataCsv(shown.biodata))],
    [EF.photo, prefixed(shown.photo)],
    [EF.signatureImage, prefixed(shown.signature)],
    [EF.minutiae1, prefixed(shown.minutiae[0])],
    [EF.minutiae2, prefixed(shown.minutiae[1])],
    [EF.digitalSignature, digitalSignature(issuer, holder)],
  ] as [number, Uint8Array][]);
  return { ...chip, files, keys: cardKeys(issuer, order.generation, uid8(chip), cardControl) };
}

function makeCardControl(order: ChipOrder): Uint8Array {
  const length = CARD_CONTROL_LENGTH[order.generation];
  const issueData = Buffer.concat([named(`issue ${order.name}`, 32), named(`batch ${order.name}`, 32)]);
  return Uint8Array.of(...issueData.subarray(0, length - 1), order.activated ? 1 : 0);
}

/** 80 bytes: r ‖ s over SHA-256 of all contents without their length fields, then zeros. */
function digitalSignature(issuer: Issuer, holder: Holder): Uint8Array {
  const signed = Buffer.concat([
    biodataCsv(holder.biodata),
    holder.photo,
    holder.signature,
    ...holder.minutiae,
  ]);
  const signature = sign('sha256', signed, { key: issuer.signingKey, dsaEncoding: 'ieee-p1363' });
  return Buffer.concat([signature, new Uint8Array(SIGNATURE_LENGTH - ECDSA_LENGTH)]);
}

/** The 20 fields of EF biodata, nothing escaped; the three of the issue are not documented. */
export function biodataCsv(person: Biodata): Uint8Array {
  const fields = [
    person.nik,
    person.alamat,
    person.rt,
    person.rw,
    person.tempatLahir,
    person.kecamatan,
    person.kelurahan,
    person.kabupaten,
    person.jenisKelamin,
    person.golonganDarah,
    person.agama,
    person.statusPerkawinan,
    person.pekerjaan,
    person.nama,
    person.tanggalLahir,
    person.provinsi,
    'SEUMUR HIDUP',
    'PERCONTOHAN',
    '01-08-2020',
    person.kewarganegaraan,
  ];
  return Buffer.from(`"${fields.join('","')}"`);
}
