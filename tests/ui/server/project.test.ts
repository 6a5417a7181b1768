import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/failures/catalogue.ts';
import type { Work } from '../../../src/flows/status.ts';
import { view } from '../../../src/ui/contract/view.ts';
import { project } from '../../../src/ui/server/project.ts';
import { scriptBench } from '../scripted-desk.ts';
import { closed, idle, troubled, works } from '../statuses.ts';

const actor = { id: 'desk', role: 'desk' } as const;
const show = (work: Work) => project({ ...idle, work }, actor, null);

describe('the view of the desk', () => {
  it.each(Object.entries(works))('%s is a view of the contract, nothing more and nothing less', (_, work) => {
    const shown = show(work);
    expect(view.parse(JSON.parse(JSON.stringify(shown)))).toEqual(shown);
  });

  it('brings the texts of a failure along', () => {
    const { work } = show(works['refused-forged']);
    const { cause, staff, resident } = catalogue['KTP-NOT-GENUINE'] as (typeof catalogue)['KTP-NOT-GENUINE'];
    expect(work).toMatchObject({
      failure: { code: 'KTP-NOT-GENUINE', cause, remedy: staff, resident, detail: 'SAM 6985 at FA04' },
    });
  });

  it.each([
    ['idle', ['compare', 'show-cards']],
    ['awaiting-finger', ['cancel']],
    ['verified', ['activate', 'retry', 'finish']],
    ['verified-active', ['retry', 'finish']],
    ['refused-finger', ['retry', 'finish']],
    ['activating', []],
    ['activated', ['retry', 'finish']],
    ['comparing', ['cancel']],
    ['compared', ['retry', 'finish']],
    ['hand-over', ['hand-over', 'cancel']],
    ['hand-over-differs', ['cancel']],
    ['handed-over', ['finish']],
    ['hand-over-failed', ['retry', 'finish']],
  ] as const)('offers at %s only what is possible: %j', (name, can) => {
    expect(show(works[name]).can).toEqual(can);
  });

  it('offers a verification on the readers that are there, while nothing else runs', () => {
    const verifiable = ({ readers }: ReturnType<typeof show>) => readers.map(({ canVerify }) => canVerify);
    expect(verifiable(show(works.idle))).toEqual([true, true]);
    expect(verifiable(show(works.matching))).toEqual([false, false]);
    expect(verifiable(project(troubled, actor, null))).toEqual([true, false]);
    expect(verifiable(project(closed, actor, null))).toEqual([false, false]);
  });

  it('leaves out what the drawer does not need of the bench', () => {
    const bench = scriptBench().status();
    const secretive = { ...bench, pcscd: 'running', faults: ['new card: pull after 3 APDUs'] };
    expect(project(idle, actor, secretive).bench).toEqual(bench);
  });
});
