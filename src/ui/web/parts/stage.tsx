/** The middle of the screen and, below it, what can be done: the main action always in the lower right. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** Changes with what the person looks at: the keyboard's place then goes to the new heading. */
  readonly scene: string;
  /** Ways out, at the left. */
  readonly ways?: ComponentChildren;
  /** The main action, at the right. */
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Stage({ scene, ways, action, children }: Props) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    // Only when the button that had the focus is gone: a person who is elsewhere is not pulled away.
    if (document.activeElement === document.body) main.current?.querySelector('h1')?.focus();
  }, [scene]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when it is long, also with the arrow keys */}
      <main ref={main} tabIndex={0}>
        {children}
      </main>
      {/* New buttons for a new scene: a press meant for the last one never reaches them. */}
      <div key={scene} class="actions">
        <div class="actions-ways">{ways}</div>
        <div class="actions-main">{action}</div>
      </div>
    </>
  );
}
