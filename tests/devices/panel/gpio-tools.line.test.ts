/**
 * The Pi's pins through gpiod, with scripts in the place of its tools: they note how they are called and speak as the
 * manual pages of gpiod 1.6 (Debian 12) and 2.2 (Debian 13) say. No tool of gpiod has a chip to work with here.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGpioTools } from '../../../src/devices/panel/gpio-tools.ts';
import type { PinBoard } from '../../../src/devices/panel/pin-board.ts';
import { codeOf, value } from '../../support/bench-kiosk.ts';
import { until } from './bench-panel.ts';

const PATH = process.env.PATH!;
const CHIP = 'pinctrl-bcm2711';
const pins = {
  inputs: [
    { pin: 17, pullUp: true },
    { pin: 27, pullUp: false },
    { pin: 22, pullUp: true },
  ],
  outputs: [
    { pin: 5, high: false },
    { pin: 6, high: true },
  ],
};

let folder: string;
let board: PinBoard | undefined;
let heard: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'anjungan-gpiod-'));
  heard = [];
  process.env.PATH = `${folder}:${PATH}`;
});
afterEach(async () => {
  await board?.close();
  board = undefined;
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

function tool(name: string, script: string): void {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n${script}\n`);
  chmodSync(file, 0o755);
}
/** All tools of a version; the monitor of each group of lines says what is written into its pipe. */
function install(version: string): void {
  tool(
    'gpiodetect',
    `echo 'gpiochip0 [${CHIP}] (58 lines)'\necho 'gpiochip1 [raspberrypi-exp-gpio] (8 lines)'`,
  );
  tool('gpioget', 'case "$*" in *pull-up*) echo "1 0" ;; *) echo "0" ;; esac');
  tool('gpioset', 'exec sleep 1000');
  for (const pipe of ['pulled', 'bare']) execFileSync('mkfifo', [path.join(folder, pipe)]);
  tool(
    'gpiomon',
    `[ "$1" = --version ] && echo "gpiomon (libgpiod) v${version}" && exit
case "$*" in *pull-up*) pipe=pulled ;; *) pipe=bare ;; esac
echo $$ > "${folder}/monitor"
exec 3<> "${folder}/$pipe"
exec cat <&3`,
  );
}
const calls = () => readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n');
const edge = (pipe: string, line: string) => writeFileSync(path.join(folder, pipe), `${line}\n`);
const open = () => openGpioTools(CHIP, pins, (pin, high) => heard.push(`${pin} ${high}`));

describe.each([
  {
    version: '1.6.3',
    falling: 0,
    asked: [
      'gpiomon --version',
      'gpiodetect ',
      'gpioget -B pull-up gpiochip0 17 22',
      'gpioget gpiochip0 27',
      'gpiomon -b -F %o %e -B pull-up gpiochip0 17 22',
      'gpiomon -b -F %o %e gpiochip0 27',
      'gpioset --mode=signal gpiochip0 5=0',
      'gpioset --mode=signal gpiochip0 6=1',
    ],
    changed: 'gpioset --mode=signal gpiochip0 5=1',
  },
  {
    version: '2.2.1',
    falling: 2,
    asked: [
      'gpiomon --version',
      'gpiodetect ',
      'gpioget --numeric -b pull-up -c gpiochip0 17 22',
      'gpioget --numeric -c gpiochip0 27',
      'gpiomon -F %o %e -b pull-up -c gpiochip0 17 22',
      'gpiomon -F %o %e -c gpiochip0 27',
      'gpioset -c gpiochip0 5=0',
      'gpioset -c gpiochip0 6=1',
    ],
    changed: 'gpioset -c gpiochip0 5=1',
  },
])('gpiod $version', ({ version, falling, asked, changed }) => {
  it('reads levels, hears edges, and holds outputs', async () => {
    install(version);
    board = value(await open());
    expect(board.identity).toContain('not tried on hardware');
    expect(calls().sort()).toEqual(asked.sort());
    const levels = await Promise.all(pins.inputs.map(({ pin }) => board!.read(pin)));
    expect(levels.map(value)).toEqual([true, false, false]);
    edge('pulled', `17 ${falling}`);
    edge('bare', '27 1');
    await until(() => heard.length === 2);
    expect(heard.sort()).toEqual(['17 false', '27 true']);
    expect(value(await board.read(17))).toBe(false);
    board.write(5, true);
    await until(() => calls().includes(changed));
    expect(codeOf(await board.verify())).toBeNull();
    await board.close();
    expect(await board.ended).toBeUndefined();
  });
});

describe('gpiod', () => {
  it('that cannot be started is told', async () => {
    process.env.PATH = folder;
    expect(codeOf(await open())).toBe('PANEL-GPIO-REFUSED');
  });

  it('of an unknown version is refused', async () => {
    install('3.0');
    expect(await open()).toMatchObject({
      failure: { code: 'PANEL-GPIO-REFUSED', detail: 'gpiod of version 3' },
    });
  });

  it('without the chip is told', async () => {
    install('1.6.3');
    expect(codeOf(await openGpioTools('pinctrl-rp1', pins, () => {}))).toBe('PANEL-CHIP-ABSENT');
  });

  it('that is refused a line says why', async () => {
    install('1.6.3');
    tool(
      'gpioset',
      'echo "gpioset: error setting the GPIO line values: Device or resource busy" >&2; exit 1',
    );
    const refused = await open();
    expect(codeOf(refused)).toBe('PANEL-GPIO-REFUSED');
    expect(JSON.stringify(refused)).toContain('resource busy');
  });

  it('whose monitor ends is lost, and leaves no process behind', async () => {
    install('1.6.3');
    tool('gpioset', `echo $$ >> "${folder}/pids"; exec sleep 1000`);
    board = value(await open());
    process.kill(Number(readFileSync(path.join(folder, 'monitor'), 'utf8')), 'SIGKILL');
    expect(await board.ended).toMatchObject({ code: 'PANEL-GPIO-REFUSED' });
    const pids = readFileSync(path.join(folder, 'pids'), 'utf8').trim().split('\n');
    await until(() => pids.every((pid) => !existsSync(`/proc/${pid}`)));
  });
});
