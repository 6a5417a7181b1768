/** Facts of a session as tests tell them: a person who does what is asked, and one to whom things happen. */
import { randomUUID } from 'node:crypto';
import { nextStep, type Step } from '../../src/flows/next-step.ts';
import type { RecordingPolicy } from '../../src/flows/recording-policy.ts';
import { viewOf } from '../../src/flows/session-view.ts';
import type { ExceptionSubject } from '../../src/rules/recording.ts';
import { type SessionFact, type StoredFact, sessionFact } from '../../src/store/session-facts.ts';

const AT = '2026-03-02T01:02:03.000Z';
export const ENDAH = {
  nik: '1607125204880001',
  nama: 'SRI WAHYUNI',
  tanggalLahir: '12-04-1988',
  statusPerkawinan: 'KAWIN',
};

export class Story {
  readonly facts: StoredFact[] = [];

  tell(fact: SessionFact, by = 'resident'): this {
    const valid = sessionFact.parse(fact);
    this.facts.push({ ...valid, seq: this.facts.length + 1, at: AT, by });
    return this;
  }

  view = () => viewOf(this.facts);
  step = (policy: RecordingPolicy) => nextStep(this.facts, policy);

  /** What happens when the next step succeeds. */
  advance(policy: RecordingPolicy, person: Partial<typeof ENDAH> = {}): Step {
    const step = this.step(policy);
    for (const fact of factsOf(step, { ...ENDAH, ...person }, this)) this.tell(fact, byOf(fact));
    return step;
  }

  /** Advances until a step of that kind is next. */
  until(wanted: Step['do'], policy: RecordingPolicy, person: Partial<typeof ENDAH> = {}): this {
    for (let n = 0; n < 40; n++) {
      if (this.step(policy).do === wanted) return this;
      this.advance(policy, person);
    }
    throw new Error(`never came to ${wanted}, stands at ${this.step(policy).do}`);
  }

  except(
    subject: ExceptionSubject,
    kind: 'missing' | 'cannot-sign' | 'cannot-cooperate' = 'missing',
  ): string {
    const exception = randomUUID();
    this.tell(
      { type: 'exception-recorded', exception, subject, kind, reason: 'as seen', photo: randomUUID() },
      'operator.a',
    );
    return exception;
  }

  settle(exception: string, approved: boolean): this {
    return this.tell({ type: 'exception-settled', exception, approved }, 'supervisor.b');
  }
}

const byOf = ({ type }: SessionFact) =>
  type === 'identity-checked' || type === 'correction-confirmed' ? 'operator.a' : 'resident';

function factsOf(step: Step, person: typeof ENDAH, story: Story): SessionFact[] {
  switch (step.do) {
    case 'open':
      return [{ type: 'opened', reason: 'new', channel: 'self-service', training: false }];
    case 'identify':
      return [{ type: 'identified', nik: person.nik, means: 'invitation', onRoster: true }];
    case 'acknowledge-notice':
      return [{ type: 'notice-acknowledged', version: 1 }];
    case 'sign-guardian':
      return [{ type: 'guardian-signed', name: 'WALI CONTOH', relation: 'ibu', sample: randomUUID() }];
    case 'look-up':
      return [{ type: 'record-looked-up', sources: ['roster'], verdict: 'may-record', status: null }];
    case 'stop':
      return [{ type: 'override-approved', rule: step.rule, reason: 'a test' }];
    case 'take-biodata':
      return [{ type: 'biodata-taken', from: 'roster', biodata: person }];
    case 'confirm-biodata':
      return [{ type: 'biodata-confirmed', sha256: story.view().biodataSha256 ?? '' }];
    case 'capture': {
      const subjects = [
        ...step.fingers.map((position) => ({ position })),
        ...step.eyes.map((eye) => ({ eye })),
      ];
      const samples = (subjects.length > 0 ? subjects : [{}]).map((subject) => ({
        sample: randomUUID(),
        quality: 70,
        ...subject,
      }));
      return [{ type: 'samples-kept', step: step.step, samples, tries: 2, discarded: 1 }];
    }
    case 'await-approval':
      return step.exceptions.map((exception) => ({ type: 'exception-settled', exception, approved: true }));
    case 'review': {
      const sample = randomUUID();
      return [
        {
          type: 'samples-kept',
          step: 'review',
          samples: [{ sample, quality: 70 }],
          tries: 1,
          discarded: 0,
        },
        { type: 'reviewed', sample },
      ];
    }
    case 'confirm-correction':
      return [{ type: 'correction-confirmed', score: 80 }];
    case 'check-identity':
      return [{ type: 'identity-checked', means: 'family-card', samples: [randomUUID()] }];
    case 'prove':
      return [{ type: 'proved', samples: story.view().kept.length, sha256: 'a'.repeat(64) }];
    case 'issue-receipt':
      return [{ type: 'receipt-issued', receipt: 'R-1' }];
    case 'seal':
      return [{ type: 'sealed', packet: randomUUID(), sha256: 'b'.repeat(64), bytes: 1000 }];
    case 'end':
      return [{ type: 'ended', how: step.how }];
    case 'nothing':
      return [];
  }
}
