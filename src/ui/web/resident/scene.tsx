/**
 * One screen of the resident: one picture, one sentence, one main action at the same place every time (lower right in
 * landscape, at the bottom in portrait); leaving and the officer always at theirs.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Text } from '../../../failures/entry.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Leave } from './leave.tsx';
import { useResident } from './resident.tsx';
import { Speech } from './speech.tsx';
import { texts } from './texts.ts';

interface Props {
  /** Changes with what the person looks at: the keyboard's place then goes to the new heading. */
  readonly name: string;
  readonly title: Text;
  readonly help?: Text | undefined;
  /** What is said after title and help: all of a screen is said in one go. */
  readonly spoken?: readonly Text[];
  readonly picture?: ComponentChildren;
  /** Stands large where there is no picture. */
  readonly sign?: IconName;
  readonly children?: ComponentChildren;
  /** Other ways on, beside the main action. */
  readonly ways?: ComponentChildren;
  readonly action?: ComponentChildren;
}

export function Scene({ name, title, help, spoken = [], picture, sign, children, ways, action }: Props) {
  const t = useText();
  const { view, can, ask, isWaiting } = useResident();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    main.current?.querySelector('h1')?.focus();
  }, [name]);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when it is long, also with the arrow keys */}
      <main ref={main} class="scene" tabIndex={0}>
        <div class="scene-words" aria-live="polite">
          <div class="scene-title">
            <h1 tabIndex={-1}>{t(title)}</h1>
            <Speech of={[title, ...(help ? [help] : []), ...spoken]} />
          </div>
          {help && <p class="scene-help">{t(help)}</p>}
          {children}
        </div>
        {picture ? (
          <div class="scene-picture">{picture}</div>
        ) : (
          sign && (
            <div class={`scene-picture scene-sign sign-${sign}`}>
              <Icon name={sign} />
            </div>
          )
        )}
      </main>
      {/* New buttons for a new scene: a press meant for the last one never reaches them. */}
      <nav key={name} class="scene-actions">
        <div class="scene-ways">
          {can('leave') && <Leave />}
          {can('call-officer') && (
            <Button
              icon="message"
              label={view.session?.officerCalled ? texts.officerCalled : texts.callOfficer}
              disabled={isWaiting || view.session?.officerCalled === true}
              onPress={() => ask({ type: 'call-officer' })}
            />
          )}
          {ways}
        </div>
        <div class="scene-main">{action}</div>
      </nav>
    </>
  );
}
