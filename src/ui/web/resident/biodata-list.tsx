/** Biodata field by field, in the order of the card. */
import type { BiodataView } from '../../contract/desk-view.ts';
import type { PartialBiodataView } from '../../contract/resident-view.ts';
import { useText } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';
import { fieldNames } from '../texts.ts';
import { texts } from './texts.ts';

type Field = keyof BiodataView;
const order: readonly Field[] = [
  'nik',
  'nama',
  'tempatLahir',
  'tanggalLahir',
  'jenisKelamin',
  'golonganDarah',
  'alamat',
  'rt',
  'rw',
  'kelurahan',
  'kecamatan',
  'kabupaten',
  'provinsi',
  'agama',
  'statusPerkawinan',
  'pekerjaan',
  'kewarganegaraan',
];

interface Props {
  readonly biodata: PartialBiodataView;
  readonly corrected: readonly Field[];
}

export function BiodataList({ biodata, corrected }: Props) {
  const t = useText();
  return (
    <dl class="biodata">
      {order
        .filter((field) => biodata[field])
        .map((field) => (
          <div key={field} class={corrected.includes(field) ? 'corrected' : undefined}>
            <dt>{t(fieldNames[field])}</dt>
            <dd class={field === 'nik' ? 'digits' : undefined}>
              {biodata[field]}
              {corrected.includes(field) && (
                <i>
                  <Icon name="pencil" /> {t(texts.corrected)}
                </i>
              )}
            </dd>
          </div>
        ))}
    </dl>
  );
}
