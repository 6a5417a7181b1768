/** A full and a read-only disk, real ones: small file systems in a mount namespace that ends with the test. */
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { engineOf, temporaryFolder, value } from './fixture.ts';

const writer = fileURLToPath(new URL('disk-writer.ts', import.meta.url));
const mayMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!mayMount) console.error('skipped: this user may not mount a file system in a namespace (unshare -rm)');

async function play(scene: string, dataDir: string, mount: string): Promise<unknown> {
  const script = `${mount} && exec "$NODE" "$WRITER" "$SCENE" "$DATA"`;
  const env = { ...process.env, NODE: process.execPath, WRITER: writer, SCENE: scene, DATA: dataDir };
  const { stdout } = await promisify(execFile)('unshare', ['-rm', 'sh', '-c', script], {
    env,
    timeout: 60_000,
  });
  return JSON.parse(stdout);
}

const smallDisk = 'mount -t tmpfs -o size=1m tmpfs "$DATA"';
const readOnlyDisk = 'mount --bind "$DATA" "$DATA" && mount -o remount,bind,ro "$DATA"';

describe.skipIf(!mayMount)('a disk', () => {
  it('that fills up refuses the step, keeps every step before it and goes on when there is space', async () => {
    expect(await play('full', temporaryFolder(), smallDisk)).toEqual({
      code: 'STORE-FULL',
      lostWhenFull: 0,
      afterwards: 'ok',
      lostAfterwards: 0,
      proven: true,
    });
  });

  it('that fills up with samples keeps all that were acknowledged, and nothing of the one that was not', async () => {
    expect(await play('full of samples', temporaryFolder(), smallDisk)).toEqual({
      begun: 'ok',
      code: 'STORE-FULL',
      some: true,
      lost: 0,
      facts: 2,
    });
  });

  it('that is full at the first start leaves nothing in the way of the next', async () => {
    expect(await play('full at start', temporaryFolder(), smallDisk)).toEqual({
      code: 'STORE-FULL',
      afterwards: 'ok',
    });
  });

  it('that is read-only refuses to open, with or without a store on it', async () => {
    const dataDir = temporaryFolder();
    expect(await play('read-only', dataDir, readOnlyDisk)).toEqual({ code: 'STORE-READ-ONLY' });
    value(engineOf(dataDir)).close();
    expect(await play('read-only', dataDir, readOnlyDisk)).toEqual({ code: 'STORE-READ-ONLY' });
  });
});
