/** Name and PIN; nothing of it stays in the page. */
import { useState } from 'preact/hooks';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { useStaff } from './staff.tsx';
import { texts } from './texts.ts';

export function Login() {
  const t = useText();
  const { ask, isWaiting } = useStaff();
  const [id, setId] = useState('');
  const [pin, setPin] = useState('');
  const enter = () => {
    ask({ type: 'login', id, pin });
    setPin('');
  };
  return (
    <main class="login">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <h1 tabIndex={-1}>{t(texts.loginTitle)}</h1>
        <p>{t(texts.loginHelp)}</p>
        <label class="field">
          <span>{t(texts.staffId)}</span>
          <input
            value={id}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            onInput={({ currentTarget }) => setId(currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{t(texts.pin)}</span>
          <input
            type="password"
            inputMode="numeric"
            value={pin}
            autocomplete="off"
            onInput={({ currentTarget }) => setPin(currentTarget.value)}
          />
        </label>
        <Button
          kind="main"
          icon="arrowRight"
          label={texts.login}
          disabled={isWaiting || id === '' || pin.length < 4}
          submit
        />
      </form>
    </main>
  );
}
