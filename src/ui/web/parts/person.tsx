/** The person as written on the card. */
import type { Text } from '../../../failures/entry.ts';
import type { CardView } from '../../contract/desk-view.ts';
import { addressLines, groupInFours } from '../format.ts';
import { useText } from '../language.tsx';
import { texts } from '../texts.ts';

/** @param absent what to say while there are no data */
export function Person({ card, absent }: { card: CardView | null; absent: Text }) {
  const t = useText();
  const biodata = card?.biodata;
  if (!biodata) {
    return (
      <section class="person waiting" aria-label={t(texts.person)}>
        <p>{t(absent)}</p>
      </section>
    );
  }
  return (
    <section class="person" aria-label={t(texts.person)}>
      <dl>
        <Field name={texts.name} value={biodata.nama} kind="wide big" />
        <Field name={texts.nik} value={groupInFours(biodata.nik)} kind="wide big digits" />
        <Field name={texts.born} value={`${biodata.tempatLahir}, ${biodata.tanggalLahir}`} kind="wide" />
        <Field name={texts.sex} value={biodata.jenisKelamin} />
        <Field name={texts.blood} value={biodata.golonganDarah} />
        <Field name={texts.address} value={addressLines(biodata).join('\n')} kind="wide tall" />
        <Field name={texts.religion} value={biodata.agama} />
        <Field name={texts.marital} value={biodata.statusPerkawinan} />
        <Field name={texts.occupation} value={biodata.pekerjaan} />
        <Field name={texts.citizenship} value={biodata.kewarganegaraan} />
      </dl>
    </section>
  );
}

interface FieldProps {
  readonly name: Text;
  readonly value: string;
  /** Classes: two columns wide, two rows tall, bigger, digits of one width. */
  readonly kind?: string;
}

function Field({ name, value, kind }: FieldProps) {
  const t = useText();
  return (
    <div class={kind}>
      <dt>{t(name)}</dt>
      <dd>{value}</dd>
    </div>
  );
}
