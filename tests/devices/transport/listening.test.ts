import { describe, expect, it } from 'vitest';
import { createListener, type Talker } from '../../../src/devices/transport/listening.ts';
import { fail, ok, type Result } from '../../../src/failures/failure.ts';

const never = new AbortController().signal;
const codes = { lost: 'PAD-LOST', busy: 'PAD-BUSY' } as const;

/** A device that says what a test tells it to, and notes what it is asked. */
class Parrot implements Talker<string> {
  alive = true;
  readonly identity = 'a parrot';
  readonly asked: string[] = [];
  #said = Promise.withResolvers<Result<readonly string[]>>();
  #hears = 0;

  say(what: Result<readonly string[]>): void {
    this.#said.resolve(what);
    this.#said = Promise.withResolvers();
  }
  start = async () => this.#note('start');
  stop = async () => this.#note('stop');
  ping = async () => this.#note('ping');
  async hear() {
    expect(++this.#hears).toBe(1); // one at a time
    const said = await this.#said.promise;
    this.#hears--;
    return said;
  }
  async close() {
    this.alive = false;
    this.#note('close');
  }
  #note(what: string): Result {
    this.asked.push(what);
    return ok();
  }
}
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code);
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a listener', () => {
  it('starts the device, yields what it says, and stops it', async () => {
    const parrot = new Parrot();
    const stop = new AbortController();
    const heard = createListener(async () => ok(parrot), codes).listen(stop.signal);
    const first = heard.next();
    await turn();
    parrot.say(ok(['a', 'b']));
    expect(await first).toEqual({ value: 'a', done: false });
    expect(await heard.next()).toEqual({ value: 'b', done: false });
    const end = heard.next();
    stop.abort();
    expect(await end).toEqual({ value: { ok: true, value: undefined }, done: true });
    parrot.say(ok([]));
    await turn();
    expect(parrot.asked).toEqual(['start', 'stop']);
  });

  it('leaves at once when aborted; the line is touched again only when its read has ended', async () => {
    const parrot = new Parrot();
    const listener = createListener(async () => ok(parrot), codes);
    const stop = new AbortController();
    const first = listener.listen(stop.signal).next();
    await turn();
    stop.abort();
    expect((await first).done).toBe(true);
    const second = listener.listen(never).next();
    await turn();
    expect(parrot.asked).toEqual(['start']);
    parrot.say(ok(['too late']));
    await turn();
    expect(parrot.asked).toEqual(['start', 'stop', 'start']);
    parrot.say(ok(['in time']));
    expect(await second).toEqual({ value: 'in time', done: false });
  });

  it('yields nothing more of what came in the same piece once it is aborted', async () => {
    const parrot = new Parrot();
    const stop = new AbortController();
    const heard = createListener(async () => ok(parrot), codes).listen(stop.signal);
    const first = heard.next();
    await turn();
    parrot.say(ok(['a', 'b']));
    await first;
    stop.abort();
    expect(await heard.next()).toMatchObject({ done: true, value: { ok: true } });
  });

  it('stops a device whose start ended after the abort', async () => {
    const parrot = new Parrot();
    const started = Promise.withResolvers<Result>();
    parrot.start = () => started.promise;
    const stop = new AbortController();
    const first = createListener(async () => ok(parrot), codes)
      .listen(stop.signal)
      .next();
    await turn();
    stop.abort();
    expect((await first).done).toBe(true);
    started.resolve(ok());
    await turn();
    expect(parrot.asked).toEqual(['stop']);
  });

  it('opens its line anew after a loss', async () => {
    const parrots = [new Parrot(), new Parrot()];
    let opened = 0;
    const listener = createListener(async () => ok(parrots[opened++]!), codes);
    const first = listener.listen(never).next();
    await turn();
    parrots[0]!.alive = false;
    parrots[0]!.say(fail('PAD-LOST'));
    expect(await first).toMatchObject({ done: true, value: { failure: { code: 'PAD-LOST' } } });
    expect(codeOf(await listener.heartbeat(never))).toBe('PAD-LOST');
    expect(await listener.check(never)).toEqual({ ok: true, value: { identity: 'a parrot' } });
    expect(opened).toBe(2);
    expect(codeOf(await listener.heartbeat(never))).toBe('ok');
  });

  it('closes a line on which the device does not answer', async () => {
    const parrot = new Parrot();
    parrot.ping = async () => fail('PAD-SILENT');
    const listener = createListener(async () => ok(parrot), codes);
    expect(codeOf(await listener.check(never))).toBe('PAD-SILENT');
    expect(parrot.asked).toEqual(['close']);
  });

  it('is for one at a time, also when the first left without a word', async () => {
    const parrot = new Parrot();
    const listener = createListener(async () => ok(parrot), codes);
    const heard = listener.listen(never);
    const first = heard.next();
    await turn();
    expect((await listener.listen(never).next()).value).toMatchObject({ failure: { code: 'PAD-BUSY' } });
    expect(codeOf(await listener.check(never))).toBe('PAD-BUSY');
    parrot.say(ok(['a']));
    await first;
    await heard.return(ok());
    await turn();
    expect(parrot.asked).toEqual(['start', 'stop']);
    expect(codeOf(await listener.check(never))).toBe('ok');
  });

  it('ends what runs when it is closed', async () => {
    const parrot = new Parrot();
    const listener = createListener(async () => ok(parrot), codes);
    const first = listener.listen(never).next();
    await turn();
    const closed = listener.close();
    expect(await first).toMatchObject({ done: true, value: { ok: true } });
    parrot.say(ok([]));
    await closed;
    expect(parrot.asked).toEqual(['start', 'stop', 'close']);
    expect(codeOf(await listener.check(never))).toBe('PAD-LOST');
  });
});
