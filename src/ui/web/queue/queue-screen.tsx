/** The wall of the waiting room: numbers, large. */
import type { QueueView } from '../../contract/queue-view.ts';
import { Head } from '../parts/head.tsx';

export function QueueScreen({ view }: { view: QueueView }) {
  return (
    <div class="screen wall">
      <Head place={{ id: 'Antrean', en: 'Queue' }} />
      <main class="wall-numbers">
        <p lang="id">Silakan / Please</p>
        <h1 class="digits" aria-live="assertive">
          {view.called ?? view.serving ?? '–'}
        </h1>
        <ol class="digits">
          {view.next.map((number) => (
            <li key={number}>{number}</li>
          ))}
        </ol>
      </main>
    </div>
  );
}
