/** What an operator types for a resident: who they are when the NIK is not known, and what the papers say. */
import { useState } from 'preact/hooks';
import type { BiodataView } from '../../contract/desk-view.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { fieldNames } from '../texts.ts';
import { useStaff } from './staff.tsx';
import { texts } from './texts.ts';

export function Identify() {
  const t = useText();
  const { view, ask, isWaiting } = useStaff();
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  return (
    <section>
      <h2>{t(texts.identifyTitle)}</h2>
      <div class="row">
        <label class="field">
          <span>{t(texts.name)}</span>
          <input value={name} maxLength={60} onInput={({ currentTarget }) => setName(currentTarget.value)} />
        </label>
        <label class="field">
          <span>{t(texts.birthDate)}</span>
          <input
            type="date"
            value={birthDate}
            onInput={({ currentTarget }) => setBirthDate(currentTarget.value)}
          />
        </label>
        <Button
          icon="arrowRight"
          label={texts.lookUp}
          disabled={isWaiting || name.length < 2 || birthDate === ''}
          onPress={() => ask({ type: 'look-up', name, birthDate })}
        />
      </div>
      {view.found?.length === 0 && <p>{t(texts.nothingFound)}</p>}
      <ul class="cards">
        {view.found?.map((person) => (
          <li key={person.nik}>
            <b>{person.name}</b>
            <span>
              {person.birthDate} · {person.village}
            </span>
            <code>{person.nik}</code>
            <Button
              icon="check"
              label={texts.choose}
              disabled={isWaiting}
              onPress={() => ask({ type: 'identify', nik: person.nik })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type Field = keyof BiodataView;
const fields = Object.keys(fieldNames).filter((field): field is Field => field !== 'nik');

/** Of somebody whom the roster does not know, from the family card; what is not on it stays empty. */
export function EnterBiodata({ nik }: { nik: string }) {
  const t = useText();
  const { ask, isWaiting } = useStaff();
  const [typed, setTyped] = useState<Partial<BiodataView>>({});
  const told = (field: Field) => typed[field]?.trim() ?? '';
  const isWhole =
    told('nama') !== '' && told('kelurahan') !== '' && /^\d{2}-\d{2}-\d{4}$/.test(told('tanggalLahir'));
  return (
    <section>
      <h2>{t(texts.enterTitle)}</h2>
      <div class="row">
        {fields.map((field) => (
          <label key={field} class="field">
            <span>{t(fieldNames[field])}</span>
            <input
              value={typed[field] ?? ''}
              maxLength={120}
              placeholder={field === 'tanggalLahir' ? '31-12-1990' : ''}
              onInput={({ currentTarget: { value } }) => setTyped((all) => ({ ...all, [field]: value }))}
            />
          </label>
        ))}
      </div>
      <Button
        icon="check"
        label={texts.enter}
        disabled={isWaiting || !isWhole}
        onPress={() => {
          const entries = fields.map((field) => [field, told(field)] as const);
          ask({ type: 'enter-biodata', biodata: { ...Object.fromEntries(entries), nik } as BiodataView });
        }}
      />
    </section>
  );
}

export function CorrectBiodata() {
  const t = useText();
  const { ask, isWaiting } = useStaff();
  const [field, setField] = useState<Field>('nama');
  const [value, setValue] = useState('');
  return (
    <section>
      <h2>{t(texts.correctTitle)}</h2>
      <div class="row">
        <label class="field">
          <span>{t(texts.field)}</span>
          <select value={field} onChange={({ currentTarget }) => setField(currentTarget.value as Field)}>
            {fields.map((each) => (
              <option key={each} value={each}>
                {t(fieldNames[each])}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t(texts.value)}</span>
          <input
            value={value}
            maxLength={120}
            onInput={({ currentTarget }) => setValue(currentTarget.value)}
          />
        </label>
        <Button
          icon="pencil"
          label={texts.correct}
          disabled={isWaiting || value.trim() === ''}
          onPress={() => {
            ask({ type: 'correct-biodata', field, value: value.trim() });
            setValue('');
          }}
        />
      </div>
    </section>
  );
}
