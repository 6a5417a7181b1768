/** The drawer's virtual person does what the screen asks for. */
import { expect, it } from 'vitest';
import type { CaptureView } from '../../../src/ui/contract/resident-view.ts';
import { askedOf as asked } from '../../../src/ui/web/bench/asked.ts';

const capture: CaptureView = {
  at: 'capture',
  step: 'right-four',
  kind: 'finger',
  phase: 'waiting',
  fingers: [3],
  eyes: [],
  asked: 0,
  subjects: [],
  tries: 0,
  triesLeft: 2,
  quality: null,
  advice: [],
  patient: false,
  background: null,
  failure: null,
};

it('shows the invitation, presses, looks and signs as asked', () => {
  expect(asked({ at: 'identification', purpose: 'recording', step: 'asking', failure: null })).toEqual({
    does: 'invitation',
  });
  expect(asked(capture)).toEqual({ does: 'fingers', fingers: [3] });
  expect(asked({ ...capture, kind: 'photo', background: 'red' })).toEqual({
    does: 'face',
    background: 'red',
  });
  expect(asked({ ...capture, kind: 'document' })).toEqual({ does: 'face', background: 'white' });
  expect(asked({ ...capture, kind: 'iris', eyes: ['left'] })).toEqual({ does: 'eyes', eyes: ['left'] });
  expect(asked({ ...capture, kind: 'signature' })).toEqual({ does: 'sign' });
});

it('does nothing where nothing is asked at a device', () => {
  expect(asked({ at: 'choosing' })).toBeNull();
  expect(asked({ at: 'identification', purpose: 'recording', step: 'checking', failure: null })).toBeNull();
  expect(asked({ ...capture, fingers: [] })).toBeNull();
});
