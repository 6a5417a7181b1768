import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLenReader } from '../../../../src/devices/card-reader/len/driver.ts';
import type { ReaderState, SealedReader } from '../../../../src/devices/card-reader/port.ts';
import type { Result } from '../../../../src/failures/failure.ts';
import { type FarEnd, plug, type Script } from './far-end.ts';

const by = { id: 'op7', nik: '3273011203900004' };
const never = new AbortController().signal;
const demog =
  '"3273014107850001","JL. MERDEKA 5, BLOK "C" #;2","004","011","BANDUNG","COBLONG","DAGO","KOTA BANDUNG",' +
  '"PEREMPUAN","O","ISLAM","KAWIN","PEGAWAI NEGERI","SRI "ENDAH" WAHYUNI, S.PD","01-07-1985","JAWA BARAT",' +
  '"KOTA BANDUNG","17-08-2012","SEUMUR HIDUP","WNI"';

/** Every command of the document that the driver sends, with an answer in the document's form. */
const box: Script = (command) => {
  const [name] = command.split('#');
  const answers: Record<string, string> = {
    ektpack: '$ack#len442ektpreader#;',
    ektpopen: '$open#0#;',
    ektpclose: '$close#0#;',
    ektpinfo: '$info#442A,000123,1.4#;',
    ektpput: '$putktp#34,2,7#;',
    ektpfinger: '$finger#Y#;',
    ektpdemog: `$demog#${demog}#;`,
  };
  return answers[name!];
};
/** The box, but one of its answers is another. */
const but =
  (name: string, answer: ReturnType<Script>): Script =>
  (command) =>
    command.split('#')[0] === name ? answer : box(command);

let folder: string;
let readers: SealedReader[] = [];
let ends: FarEnd[] = [];

async function attach(port: string, answers: Script = box): Promise<FarEnd> {
  const end = await plug(join(folder, port), answers);
  ends.push(end);
  return end;
}
function reader(...ports: string[]): SealedReader {
  const made = createLenReader({
    id: 'old',
    generation: 'old',
    driver: 'len',
    ports: ports.map((port) => join(folder, port)),
  });
  readers.push(made);
  return made;
}
function reached(of: SealedReader, state: ReaderState): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (of.status().state !== state) return;
      end();
      resolve();
    };
    const end = of.subscribe(look);
    look();
  });
}
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'old-reader-'));
});
afterEach(async () => {
  await Promise.all(readers.map((made) => made.close()));
  await Promise.all(ends.map((end) => end.unplug()));
  readers = [];
  ends = [];
  await rm(folder, { recursive: true });
});

describe('the old reader', () => {
  it('verifies a holder, in the bytes of the document', async () => {
    const end = await attach('a');
    const old = reader('a');
    expect(await old.check(never)).toEqual({
      ok: true,
      value: { identity: 'len442ektpreader, hardware 442A, serial 000123, firmware 1.4' },
    });
    expect(await old.awaitCard(never)).toEqual({ ok: true, value: [2, 7] });
    expect(await old.matchHolder(2, by, never)).toEqual({ ok: true, value: true });
    const told = await old.biodata(by, never);
    expect(told.ok && [told.value.nama, told.value.alamat]).toEqual([
      'SRI "ENDAH" WAHYUNI, S.PD',
      'JL. MERDEKA 5, BLOK "C" #;2',
    ]);
    await old.close();
    expect(end.heard).toEqual([
      'ektpack#;\0',
      'ektpopen#;\0',
      'ektpack#;\0',
      'ektpinfo#;\0',
      'ektpput#2#LETAKKAN KTP-EL#;\0',
      'ektpfinger#5#2#op7#3273011203900004#LETAKKAN JARI#;\0',
      'ektpdemog#10#op7#3273011203900004#;\0',
      'ektpclose#;\0',
    ]);
  });

  it('is found among ports that are absent, silent, babbling, or of another device', async () => {
    await attach('silent', () => undefined);
    const babbler = await attach('babbling', () => undefined);
    const babble = setInterval(() => babbler.send('$putktp#34,$$#\0;noise'), 5);
    await attach('other', () => '$ack#another#;');
    await attach('box');
    const old = reader('absent', 'silent', 'babbling', 'other', 'box');
    expect(old.status().state).toBe('connecting');
    await reached(old, 'ready');
    clearInterval(babble);
    expect(code(await old.check(never))).toBe('ok');
  });

  it('is OLD-NOT-FOUND where it is not, and found once it is plugged in', async () => {
    await attach('other', () => '$ack#another#;');
    const old = reader('other', 'later');
    const missed = await old.awaitCard(never);
    expect(code(missed)).toBe('OLD-NOT-FOUND');
    expect(old.status().state).toBe('lost');
    await attach('later');
    await reached(old, 'ready');
    expect(old.status().failure).toBeUndefined();
  });

  it('waits for a card in rounds, whatever way the box says that none came', async () => {
    const rounds = ['$putktp#3,0,0#;', '$putktp#18,0,0#;', '$putktp#error,timeout#;', '$putktp#34,1,6#;'];
    await attach('a', (command) => (command.startsWith('ektpput#') ? rounds.shift() : box(command)));
    expect(await reader('a').awaitCard(never)).toEqual({ ok: true, value: [1, 6] });
    expect(rounds).toEqual([]);
  });

  it.each([
    ['a card of the new generation', 'ektpput', '$putktp#error,kartu generasi baru#;', 'OLD-GENERATION-ONLY'],
    ['a card, without saying why', 'ektpput', '$putktp#27,0,0#;', 'OLD-CARD-REFUSED'],
    ['a card without fingers', 'ektpput', '$putktp#34,0,0#;', 'OLD-NO-FINGER'],
    ['a text that nobody knows', 'ektpput', '$putktp#error,xyzzy 3273014107850001#;', 'OLD-REFUSED'],
    ['not an answer to the question', 'ektpput', '$putktp#34,x#;', 'OLD-GARBLED'],
  ])('refuses %s', async (_, command, answer, expected) => {
    await attach('a', but(command, answer));
    const refused = await reader('a').awaitCard(never);
    expect(code(refused)).toBe(expected);
    expect(JSON.stringify(refused)).not.toContain('3273014107850001');
  });

  it('asks for the finger again until one comes, and tells one that does not match', async () => {
    const rounds = ['$finger#error,time out#;', '$finger#error,waktu habis#;', '$finger#N#;'];
    await attach('a', (command) => (command.startsWith('ektpfinger#') ? rounds.shift() : box(command)));
    expect(await reader('a').matchHolder(7, by, never)).toEqual({ ok: true, value: false });
    expect(rounds).toEqual([]);
  });

  it('gives no biodata before a match, nor a torn one', async () => {
    const end = await attach('a', but('ektpdemog', '$demog#error,belum verifikasi#;'));
    const old = reader('a');
    expect(code(await old.biodata(by, never))).toBe('OLD-NOT-MATCHED');
    end.answers = but('ektpdemog', '$demog#"3273014107850001","JL. MERDEKA"#;');
    expect(code(await old.biodata(by, never))).toBe('OLD-BIODATA-INVALID');
  });

  it('never sends an operator that would end the command', async () => {
    const end = await attach('a');
    const old = reader('a');
    expect(code(await old.biodata({ ...by, id: 'x#;ektpreset#1' }, never))).toBe('OLD-OPERATOR-REFUSED');
    expect(end.heard.join('')).not.toContain('reset');
  });

  it('understands answers that are torn and lie in noise', async () => {
    await attach('a', (command) => [
      '\xff$fin',
      ...(box(command) as string).match(/.{1,7}/gs)!,
      '\0',
      '\r\n',
    ]);
    const old = reader('a');
    expect(await old.awaitCard(never)).toEqual({ ok: true, value: [2, 7] });
    expect((await old.biodata(by, never)).ok).toBe(true);
  });

  it('does not take a late answer for the answer to the next command', async () => {
    const end = await attach('a', but('ektpfinger', '$putktp#34,2,7#;$finger#N#;$finger#Y#;'));
    const old = reader('a');
    expect(await old.matchHolder(2, by, never)).toEqual({ ok: true, value: false });
    end.send('$finger#Y#;');
    await delay(50);
    expect(await old.matchHolder(2, by, never)).toEqual({ ok: true, value: false });
  });

  it('gives one command at a time', async () => {
    let atWork = 0;
    let most = 0;
    await attach('a', (command) => {
      most = Math.max(most, ++atWork);
      setTimeout(() => atWork--, 10);
      return ['#', box(command) as string];
    });
    const old = reader('a');
    const all = await Promise.all([
      old.check(never),
      old.awaitCard(never),
      old.matchHolder(2, by, never),
      old.check(never),
    ]);
    expect(all.map(code)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(most).toBe(1);
  });
});

describe('the old reader in trouble', () => {
  it('lets go at once on abort, stays busy until the box is done, and then works', async () => {
    const end = await attach('a', (command) => (command.startsWith('ektpput#') ? undefined : box(command)));
    const old = reader('a');
    await reached(old, 'ready');
    const abort = new AbortController();
    const waiting = old.awaitCard(abort.signal);
    while (!end.heard.some((command) => command.startsWith('ektpput#'))) await delay(5);
    abort.abort();
    expect(code(await waiting)).toBe('OLD-CANCELLED');
    expect(old.status().state).toBe('busy');
    const next = old.check(never);
    await delay(50);
    expect(end.heard.at(-1)).toBe('ektpput#2#LETAKKAN KTP-EL#;\0');
    end.send('$putktp#3,0,0#;');
    expect(code(await next)).toBe('ok');
    await reached(old, 'ready');
  });

  it('sends nothing for a caller that gave up before its turn', async () => {
    const end = await attach('a');
    const old = reader('a');
    await reached(old, 'ready');
    expect(code(await old.awaitCard(AbortSignal.abort()))).toBe('OLD-CANCELLED');
    expect(code(await old.check(never))).toBe('ok');
    expect(end.heard.join('')).not.toContain('ektpput');
  });

  it('says OLD-SILENT when the box falls silent, greets it anew, and works on', async () => {
    const end = await attach('a', but('ektpput', undefined));
    const old = reader('a');
    expect(code(await old.awaitCard(never))).toBe('OLD-SILENT');
    expect(old.status()).toMatchObject({ state: 'lost', failure: { code: 'OLD-SILENT' } });
    end.answers = box;
    expect(code(await old.awaitCard(never))).toBe('ok');
    expect(end.heard.slice(-3)).toEqual(['ektpack#;\0', 'ektpopen#;\0', 'ektpput#2#LETAKKAN KTP-EL#;\0']);
  }, 10_000);

  it('says OLD-GARBLED when what comes is no answer', async () => {
    await attach('a', but('ektpinfo', '$in\0fo#442A;#$info#;'));
    expect(code(await reader('a').check(never))).toBe('OLD-GARBLED');
  });

  it('opens a box anew that lost power behind its cable', async () => {
    const end = await attach('a');
    const old = reader('a');
    await reached(old, 'ready');
    end.answers = but('ektpput', '$putktp#error,device not open#;');
    expect(code(await old.awaitCard(never))).toBe('OLD-NOT-OPEN');
    end.answers = box;
    expect(code(await old.awaitCard(never))).toBe('ok');
  });

  it('blames the only port by what it did', async () => {
    await attach('silent', () => undefined);
    expect(code(await reader('silent').check(never))).toBe('OLD-SILENT');
    await attach('garbling', () => '\xa5\x81\xc4');
    expect(code(await reader('garbling').check(never))).toBe('OLD-GARBLED');
    expect(await reader('absent').check(never)).toMatchObject({
      failure: { code: 'OLD-NOT-FOUND', detail: `${join(folder, 'absent')}: SERIAL-ABSENT` },
    });
  });

  it('says so when the box refuses to open', async () => {
    await attach('a', but('ektpopen', '$open#-1003#;'));
    expect(code(await reader('a').check(never))).toBe('OLD-NOT-OPEN');
  });

  it('waits for a box that is busy with what another process told it', async () => {
    const answers = ['$open#error,sibuk#;', '$open#error,sibuk#;', '$open#0#;'];
    await attach('a', (command) => (command === 'ektpopen#;' ? answers.shift() : box(command)));
    expect(code(await reader('a').check(never))).toBe('ok');
  });

  it('passes on that the box is broken, in the middle and from the start', async () => {
    const end = await attach('a');
    const old = reader('a');
    await reached(old, 'ready');
    end.answers = (command) => `$${command === 'ektpack#;' ? 'ack' : 'putktp'}#error,kerusakan alat#;`;
    expect(code(await old.awaitCard(never))).toBe('OLD-FAULT');
    expect(code(await old.check(never))).toBe('OLD-FAULT');
    await old.close();
    expect(code(await reader('a').check(never))).toBe('OLD-FAULT');
  });

  it('notices an unplug in the middle of a command within a second, and finds the box on another port', async () => {
    const end = await attach('a', but('ektpput', undefined));
    const old = reader('a', 'b');
    await reached(old, 'ready');
    const waiting = old.awaitCard(never);
    while (!end.heard.at(-1)!.startsWith('ektpput#')) await delay(5);
    await end.unplug();
    const second = delay(1_000, 'too late');
    expect(await Promise.race([waiting.then(code), second])).toBe('OLD-LOST');
    expect(old.status().state).toBe('lost');
    await attach('b');
    await reached(old, 'ready');
    expect(code(await old.awaitCard(never))).toBe('ok');
  });

  it('notices an unplug while nobody asks', async () => {
    const end = await attach('a');
    const old = reader('a');
    await reached(old, 'ready');
    await end.unplug();
    await reached(old, 'lost');
    expect(old.status().failure?.code).toBe('OLD-LOST');
  });

  it('closes while it searches and while the box is at work', async () => {
    await attach('silent', () => undefined);
    const searching = reader('silent');
    await delay(50);
    await searching.close();
    await attach('busy', but('ektpput', undefined));
    const busy = reader('busy');
    const waiting = busy.awaitCard(never);
    await reached(busy, 'busy');
    await busy.close();
    expect(code(await waiting)).toBe('OLD-LOST');
    expect(code(await busy.check(never))).toBe('OLD-LOST');
  });
});
