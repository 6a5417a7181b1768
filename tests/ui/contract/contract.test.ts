import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intent } from '../../../src/ui/contract/intent.ts';
import { message, parse, photoPath, request } from '../../../src/ui/contract/message.ts';

const key = { type: 'hello', key: 'k' };
const ask = (wish: unknown) => ({ type: 'intent', id: 1, intent: wish });

describe('what comes over the socket', () => {
  it('is never a reason to throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (data) => {
        expect(() => parse(request, data)).not.toThrow();
        expect(() => parse(message, data)).not.toThrow();
      }),
    );
  });

  it('is unknown unless it is exactly one of ours', () => {
    fc.assert(fc.property(fc.json(), (data) => parse(request, data) === undefined));
    expect(parse(request, JSON.stringify(key))).toEqual(key);
    expect(parse(request, JSON.stringify({ ...key, more: 1 }))).toBeUndefined();
    expect(parse(request, '{"type":"hello"')).toBeUndefined();
  });

  it.each([
    { type: 'verify', reader: 'new' },
    { type: 'activate', uid: '80A1B2C3D4E5F607' },
    { type: 'compare' },
    { type: 'retry' },
    { type: 'cancel' },
    { type: 'finish' },
    { type: 'bench', command: { command: 'lay', card: 'b-new', reader: 'new' } },
    { type: 'bench', command: { command: 'pull', reader: 'new' } },
    { type: 'bench', command: { command: 'press', finger: 'endah-2', impression: 2 } },
  ])('may be the wish $type', (wish) => {
    expect(parse(request, JSON.stringify(ask(wish)))).toEqual(ask(wish));
  });

  it.each([
    { type: 'verify' },
    { type: 'verify', reader: '' },
    { type: 'verify', reader: 'new', by: 'supervisor' },
    { type: 'activate' },
    { type: 'activate', uid: '80a1b2c3d4e5f607' },
    { type: 'format-disk' },
    { type: 'bench', command: { command: 'pcscd', action: 'kill' } },
    { type: 'bench', command: { command: 'press', finger: 'endah-2', impression: 0 } },
  ])('is no wish when it is %j', (wish) => {
    expect(intent.safeParse(wish).success).toBe(false);
  });
});

it('a photo id cannot leave its place in the address', () => {
  expect(photoPath('../../etc/passwd')).toBe('/photo/..%2F..%2Fetc%2Fpasswd');
});
