/** A button that asks the kiosk for one thing; it waits while a wish is on its way, or the line is lost. */
import type { Intent } from '../../contract/intent.ts';
import { useKiosk } from '../kiosk.tsx';
import { Button, type ButtonLook } from './button.tsx';

export function AskButton({ intent, ...look }: ButtonLook & { readonly intent: Intent }) {
  const { ask, isWaiting } = useKiosk();
  return <Button {...look} disabled={isWaiting} onPress={() => ask(intent)} />;
}
