/** A session as a flow would store it, and samples of known bytes. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { NewSample } from '../../src/store/samples.ts';
import type { SessionFact } from '../../src/store/session-facts.ts';
import type { SessionStep } from '../../src/store/sessions.ts';

export const NIK = '1607120101900001';

export const opened = (training = false): SessionFact & { type: 'opened' } => ({
  type: 'opened',
  reason: 'new',
  channel: 'self-service',
  training,
});

export const identified = (nik = NIK): SessionFact => ({
  type: 'identified',
  nik,
  means: 'invitation',
  onRoster: true,
});

export function finger(position: NewSample['position'] = 2): NewSample {
  return {
    id: randomUUID(),
    kind: 'finger',
    ...(position && { position }),
    record: randomBytes(5000),
    template: randomBytes(300),
    quality: 71,
    reasons: [],
    device: { id: 'finger' },
  };
}

/** The step that keeps these samples. */
export function kept(...samples: readonly NewSample[]): SessionStep {
  return step(
    {
      type: 'samples-kept',
      step: 'right-four',
      samples: samples.map(({ id, quality }) => ({ sample: id, quality })),
      tries: 2,
      discarded: 1,
    },
    { samples },
  );
}

export function step(fact: SessionFact, rest: Partial<SessionStep> = {}): SessionStep {
  return { operation: randomUUID(), facts: [fact], ...rest };
}

/** What must stand before a packet may be sealed, of `sample`. */
export function upToProof(sample: string): readonly SessionFact[] {
  return [
    { type: 'identity-checked', means: 'family-card', samples: [sample] },
    { type: 'proved', samples: 1, sha256: 'cd'.repeat(32) },
  ];
}

export function sealed(packet: string = randomUUID()): SessionFact & { type: 'sealed' } {
  return { type: 'sealed', packet, sha256: 'ef'.repeat(32), bytes: 100_000 };
}
