import { describe, expect, it } from 'vitest';
import { residentView } from '../../../src/ui/contract/resident-view.ts';
import { projectResident } from '../../../src/ui/server/project-resident.ts';
import { at, open, session } from '../scripted-station.ts';

const place = { readers: [], inches: null };

describe('what the resident sees', () => {
  it('is nothing of a session while nobody is served', () => {
    const view = projectResident(open, ['begin'], { readers: ['new'], inches: 21.5 }, null);
    expect(residentView.parse(view)).toEqual(view);
    expect(view).toMatchObject({ session: null, queue: { called: 12, waiting: 0 }, can: ['begin'] });
  });

  it('leaves out what only staff may see', () => {
    const staff = { id: 'op-sari', role: 'operator', since: '', sessions: 3, tired: false } as const;
    const status = {
      ...at({ at: 'survey' }, { operator: 'op-sari', notes: [{ code: 'SESSION-NIK-SEX' }] }),
      staff: [staff],
    };
    const view = projectResident(status, [], place, null);
    expect(JSON.stringify(view)).not.toContain('op-sari');
    expect(JSON.stringify(view)).not.toContain('SESSION-NIK-SEX');
    expect(view.session).toMatchObject({ assisted: true });
  });

  it('advises in the words for residents, the most important first', () => {
    const view = projectResident(
      at({
        at: 'capture',
        step: 'thumbs',
        kind: 'finger',
        device: 'finger',
        preview: null,
        asked: 1,
        phase: 'placing',
        fingers: [1],
        eyes: [],
        subjects: [{ position: 1, eye: null, state: 'asked', quality: 20, sample: 'a-sample' }],
        tries: 1,
        triesLeft: 2,
        quality: 20,
        reasons: ['FINGER-PARTIAL', 'FINGER-OFF-CENTRE'],
        patient: false,
        background: null,
        failure: null,
      }),
      [],
      place,
      null,
    );
    expect(residentView.parse(view)).toEqual(view);
    const stage = view.session?.stage;
    expect(stage).toMatchObject({ at: 'capture', advice: [{ id: expect.stringContaining('rata') }, {}] });
    expect(JSON.stringify(stage)).not.toContain('a-sample');
  });

  it('tells a record’s status in plain words', () => {
    const next = { id: 'Datanglah.', en: 'Come.' };
    const status = at({ at: 'record-status', status: 'CARD_SHIPPED', since: null, stuck: true, next });
    const { stage } = projectResident(status, [], place, null).session ?? {};
    expect(stage).toMatchObject({ at: 'record-status', stuck: true });
    expect(JSON.stringify(stage)).not.toContain('CARD_SHIPPED');
    const untold = at({ at: 'record-status', status: null, since: null, stuck: false, next });
    expect(projectResident(untold, [], place, null).session?.stage).toMatchObject({ status: null, next });
  });

  it('warns before the screen closes', () => {
    const status = { ...open, session: { ...session, idleWarning: { secondsLeft: 20 } } };
    expect(projectResident(status, [], place, null).session?.idleSecondsLeft).toBe(20);
  });
});
