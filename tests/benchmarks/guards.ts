/**
 * `npm run bench -- guards [DIR…]`: the guards on folders of `⟨finger⟩_⟨impression⟩.png` at 500 dpi, by default both
 * sets beside the project, and on virtual impressions: replays, catches of one finger, the tail of strangers' scores,
 * and what thresholds chosen on the others are worth on each; then on virtual people honest and dishonest sessions.
 * Some two and a half minutes on an idle machine.
 */
import { extract } from '../../src/biometrics/fingerprint/extract.ts';
import { match, type Prepared, prepare } from '../../src/biometrics/fingerprint/match.ts';
import { ALLOWANCE, ladder, verificationFalseAccepts } from '../../src/biometrics/guards/false-alarms.ts';
import {
  type Finger,
  type Person,
  refuseOtherPeople,
  refuseRepeats,
  refuseSwappedHands,
} from '../../src/biometrics/guards/identity.ts';
import { type Fresh, type Kept, REPEATED, repetition } from '../../src/biometrics/guards/replay.ts';
import { detailOf, traceOf } from '../../src/biometrics/guards/trace.ts';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { crowdImpressions } from '../../src/virtual/people/crowd.ts';
import { Random } from '../../src/virtual/people/random.ts';
import { disguised, throwDisguise } from './disguise.ts';
import { percentile } from './error-rates.ts';
import { impressionsIn, load, USUAL_SETS } from './fingerprint-set.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { tailOf } from './tail.ts';

/** Above the highest agreement of genuine pairs on the other sets: as the threshold in use lies above its own. */
const MARGIN = 0.03;
const DISGUISES = 2;
const PEOPLE = 8;
/** Operators on duty and last sessions that a kiosk holds a resident against: 45 + 22 × 100 comparisons. */
const OTHERS = 22;
/** Fingers of each person that are tried as somebody else's. */
const HELPING = 5;
const POSITIONS = Array.from({ length: 10 }, (_, i) => (i + 1) as FingerPosition);

interface Capture extends Fresh, Kept {
  readonly finger: string;
  readonly image: GrayImage;
}

/** Virtual impressions as a further set. */
const CROWD = { fingers: 24, touches: 4 };

export async function run(folders: readonly string[]): Promise<number> {
  const sets: Numbers[] = [];
  for (const folder of folders.length === 0 ? USUAL_SETS : folders) {
    const impressions = impressionsIn(folder);
    if (impressions.length < 2) {
      if (folders.length === 0) continue;
      process.stderr.write('usage: npm run bench -- guards [DIR…], DIR with ⟨finger⟩_⟨impression⟩.png\n');
      return 2;
    }
    const captures: Capture[] = [];
    for (const { finger, path } of impressions) captures.push(capture(finger, await load(path)));
    sets.push(await measureSet(folder, captures));
  }
  sets.push(await measureSet('virtual impressions', crowd()));
  printLeaveOneOut(sets);
  virtualSessions();
  const far = [1e-3, 1e-4].map((one) => `${one}: ${verificationFalseAccepts(one).toExponential(2)}`);
  print(`verification, 4 tries × 2 fingers, by FAR of one comparison: ${far.join(', ')} at most`);
  return 0;
}

/** What was measured on one set. */
interface Numbers {
  readonly name: string;
  /** Scores, decibels. */
  readonly strangers: readonly number[];
  readonly genuine: readonly number[];
  /** Agreements of genuine pairs, both ways, and of disguised replays. */
  readonly repetitions: readonly number[];
  readonly replays: readonly number[];
}

async function measureSet(name: string, captures: readonly Capture[]): Promise<Numbers> {
  print(`${name}: ${captures.length} impressions`);
  return { name, ...comparePairs(captures), replays: await replay(captures) };
}

function crowd(): Capture[] {
  return Array.from({ length: CROWD.fingers }, (_, finger) =>
    crowdImpressions(finger, CROWD.touches).map((image) => capture(`${finger}`, image)),
  ).flat();
}

function printLeaveOneOut(sets: readonly Numbers[]): void {
  if (sets.length < 2) return;
  print('thresholds chosen on the other sets, tried on the one left out:');
  const replays = sets.map(({ name, repetitions, replays }) => ({
    name,
    below: repetitions,
    reaching: replays,
  }));
  for (const { name, threshold, wrong, right } of leaveOneOut(
    replays,
    (below) => Math.max(...below) + MARGIN,
  )) {
    const set = sets.find((one) => one.name === name)!;
    print(
      `  ${name}: too perfect from ${threshold.toFixed(2)}: ${wrong} of ${set.repetitions.length} genuine flagged, ${right} of ${set.replays.length} replays caught`,
    );
  }
  const scores = sets.map(({ name, strangers, genuine }) => ({ name, below: strangers, reaching: genuine }));
  for (const share of [1e-3, 1e-4])
    for (const { name, threshold, wrong, right } of leaveOneOut(scores, (below) =>
      percentile(below, 1 - share),
    )) {
      const { strangers, genuine } = sets.find((one) => one.name === name)!;
      print(
        `  ${name}: one stranger in ${1 / share} at ${threshold.toFixed(1)} dB: ${wrong} of ${strangers.length} reach it, ${right} of ${genuine.length} genuine pairs do`,
      );
    }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Milliseconds of each reading of an image's detail. */
const detailTimes: number[] = [];

function capture(finger: string, image: GrayImage): Capture {
  const { template } = extract(image);
  const start = performance.now();
  const detail = detailOf(image, template.ridges!);
  const trace = traceOf(detail);
  detailTimes.push(performance.now() - start);
  return { finger, image, print: prepare(template), detail, trace };
}

/** The tail of strangers' scores against the model, and how many genuine pairs one finger's threshold catches. */
function comparePairs(captures: readonly Capture[]): Omit<Numbers, 'name' | 'replays'> {
  const strangers: number[] = [];
  const genuine: number[] = [];
  const repetitions: number[] = [];
  const times: number[] = [];
  for (const [i, a] of captures.entries())
    for (const b of captures.slice(i + 1)) {
      const same = a.finger === b.finger;
      (same ? genuine : strangers).push(match(a.print, b.print));
      if (!same) continue;
      const start = performance.now();
      repetitions.push(repetition(a, b), repetition(b, a));
      times.push(performance.now() - start);
    }
  tail('strangers', strangers);
  for (const [name, pairs, groups, allowance] of [
    ['one finger twice in a session', 45, 1, ALLOWANCE.withinSession],
    ['one finger of another person', 100, OTHERS, ALLOWANCE.otherPeople],
  ] as const) {
    const steps = ladder({ pairs, groups, allowance });
    const caught = genuine.filter((score) => score >= steps[0]!).length;
    const levels = steps.map((step) => step.toFixed(0)).join(', ');
    print(
      `${name}: thresholds for 1, 2, 3, 4 fingers ${levels} dB; ${caught} of ${genuine.length} caught alone`,
    );
  }
  const flagged = repetitions.filter((agreement) => agreement >= REPEATED).length;
  print(
    `too perfect: ${flagged} of ${repetitions.length} genuine pairs flagged (both ways), highest ${top(repetitions)}; by the tail of their highest twentieth ${(100 * tailOf(repetitions, 0.05).shareReaching(REPEATED)).toFixed(3)} %`,
  );
  print(`  p50 ${(percentile(times, 0.5) / 2).toFixed(1)} ms a comparison of one finger's prints`);
  return { strangers, genuine, repetitions };
}

function tail(label: string, scores: readonly number[]): void {
  const shares = [20, 30, 40, 50].map((level) => {
    const reached = scores.filter((score) => score >= level).length;
    return `≥ ${level} dB: ${reached} (model ${(scores.length * 10 ** (-level / 10)).toFixed(1)})`;
  });
  print(`${label}: ${scores.length} pairs; ${shares.join('; ')}; highest ${top(scores)}`);
}

function top(numbers: readonly number[]): string {
  const [a, b, c] = numbers.toSorted((x, y) => y - x);
  return [a, b, c].map((number) => number?.toFixed(2)).join(', ');
}

async function replay(captures: readonly Capture[]): Promise<number[]> {
  const agreements: number[] = [];
  for (const [i, original] of captures.entries())
    for (let n = 0; n < DISGUISES; n++) {
      const random = new Random(`replay ${i} ${n}`);
      const image = await disguised(original.image, throwDisguise(random), random);
      agreements.push(repetition(capture(original.finger, image), original));
    }
  const caught = agreements.filter((agreement) => agreement >= REPEATED).length;
  const low = [0.01, 0.05, 0.1].map((p) => percentile(agreements, p).toFixed(2)).join(', ');
  print(`  ${caught} of ${agreements.length} disguised replays caught; lowest 1, 5, 10 %: ${low}`);
  print(`  p50 ${percentile(detailTimes, 0.5).toFixed(1)} ms to read the detail of an image`);
  return agreements;
}

/** Ten fingers, touched twice. */
function virtualPerson(index: number): readonly [Prepared[], Prepared[]] {
  const first: Prepared[] = [];
  const second: Prepared[] = [];
  for (let finger = 0; finger < 10; finger++) {
    const [a, b] = crowdImpressions(10 * index + finger, 2);
    first.push(prepare(extract(a!).template));
    second.push(prepare(extract(b!).template));
  }
  return [first, second];
}

const labelled = (prints: readonly Prepared[]): Finger[] =>
  prints.map((print, i) => ({ position: POSITIONS[i]!, print }));

function virtualSessions(): void {
  const people = Array.from({ length: PEOPLE }, (_, index) => virtualPerson(index));
  const nobody: Person[] = Array.from({ length: OTHERS - 1 }, () => ({ role: 'recent', fingers: [] }));
  const scores: number[] = [];
  const alarms = { repeats: 0, swapped: 0, others: 0 };
  const caught = {
    finger: 0,
    fingers: 0,
    hand: 0,
    swapped: 0,
    otherFinger: 0,
    otherFingers: 0,
    otherHand: 0,
  };
  for (const [index, [first, second]] of people.entries()) {
    const honest = labelled(first);
    const again = labelled(second);
    const others = people
      .filter((_, other) => other !== index)
      .map(([prints]): Person => ({ role: 'recent', fingers: labelled(prints) }));
    for (const { fingers } of others)
      for (const { print: theirs } of fingers) for (const own of second) scores.push(match(own, theirs));
    if (!refuseRepeats(honest).ok) alarms.repeats++;
    if (!refuseSwappedHands(honest, [again[1]!, again[6]!]).ok) alarms.swapped++;
    if (!refuseOtherPeople(honest, others).ok) alarms.others++;

    const rightAgain = [...first.slice(0, 5), ...second.slice(0, 5).reverse()];
    if (!refuseRepeats(labelled(rightAgain)).ok) caught.hand++;
    const swapped = labelled([...first.slice(5), ...first.slice(0, 5)]);
    if (!refuseSwappedHands(swapped, [again[1]!, again[6]!]).ok) caught.swapped++;
    const [resident] = people[(index + 1) % PEOPLE]!;
    // The same person as an operator, or in an earlier session: with the chances of 22 people.
    const earlier: Person[] = [...nobody, { role: 'operator', fingers: again }];
    if (!refuseOtherPeople(labelled([...first.slice(0, 5), ...resident.slice(5)]), earlier).ok)
      caught.otherHand++;
    for (let finger = 0; finger < HELPING; finger++) {
      const twice = first.with(finger + 1, second[finger]!);
      if (!refuseRepeats(labelled(twice)).ok) caught.finger++;
      const one = resident.with(finger, first[finger]!);
      if (!refuseOtherPeople(labelled(one), earlier).ok) caught.otherFinger++;
      const two = one.with(finger + 1, first[finger + 1]!);
      if (!refuseOtherPeople(labelled(two), earlier).ok) caught.otherFingers++;
    }
  }
  print(`virtual people: ${PEOPLE}, each against ${PEOPLE - 1} others`);
  tail('virtual strangers', scores);
  print(
    `honest sessions stopped: repeats ${alarms.repeats}, swapped ${alarms.swapped}, other people ${alarms.others} of ${PEOPLE}`,
  );
  print(
    `caught: finger twice ${caught.finger}/${HELPING * PEOPLE}, hand twice ${caught.hand}/${PEOPLE}, hands swapped (index fingers known) ${caught.swapped}/${PEOPLE}`,
  );
  print(
    `  another person's one finger ${caught.otherFinger}/${HELPING * PEOPLE}, two ${caught.otherFingers}/${HELPING * PEOPLE}, hand ${caught.otherHand}/${PEOPLE}`,
  );
}
