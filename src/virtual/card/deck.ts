/** The deck: every card that the bench can lay on a reader, good and bad. */
import type { Text } from '../../failures/entry.ts';
import type { Person } from '../people/people.ts';
import { type ChipContent, type ChipOptions, createChip } from './chip.ts';
import { type CardGeneration, named, TEST_ISSUER } from './issuer.ts';
import { createDeadCard, createForeignCard } from './other-cards.ts';
import { type ChipOrder, type Holder, personalise } from './personalise.ts';
import type { VirtualCard } from './virtual-card.ts';

export type CardKind = 'genuine' | 'tampered' | 'clone' | 'dead' | 'foreign';

export interface DeckCard {
  readonly id: string;
  readonly label: Text;
  readonly kind: CardKind;
  /** Whose card it is; null: nobody's. */
  readonly person: string | null;
  /** null: not a KTP-el, or not to be told from outside. */
  readonly type: 'A' | 'B' | null;
  readonly generation: CardGeneration | null;
  /** A new object of this card; what was written to another is not on it. */
  create(options?: ChipOptions): VirtualCard;
}

/** The people that the deck needs, at least one; with fewer than five some hold several cards. */
export function makeDeck(people: readonly Person[]): readonly DeckCard[] {
  const person = (index: number) => people[index % people.length]!;
  const [first, second] = [person(0), person(1)];
  const genuine = [
    chipCard(order('a-old', 'A', 'old'), person(4)),
    chipCard(order('b-old', 'B', 'old'), person(1)),
    chipCard(order('a-new', 'A', 'new'), person(2)),
    chipCard(order('b-new', 'B', 'new'), person(0)),
  ];
  const activated = [
    chipCard(order('a-old-activated', 'A', 'old', true), person(4)),
    chipCard(order('b-old-activated', 'B', 'old', true), person(1)),
    chipCard(order('a-new-activated', 'A', 'new', true), person(2)),
    chipCard(order('b-new-activated', 'B', 'new', true), person(3)),
  ];
  return [
    ...genuine,
    ...activated,
    tampered('photo', first, { photo: second.photo }),
    tampered('biodata', first, { biodata: { ...first.biodata, nama: `${first.biodata.nama} PALSU` } }),
    tampered('minutiae', first, { minutiae: holderOf(second).minutiae }),
    tampered('signature', first, { signature: second.signature }),
    clone('clone', { id: 'tiruan tanpa kunci', en: 'clone without keys' }, first),
    clone('refusing', { id: 'tiruan yang menolak', en: 'clone that refuses' }, first),
    {
      id: 'dead',
      label: { id: 'Chip mati', en: 'Dead chip' },
      kind: 'dead',
      person: person(2).id,
      type: null,
      generation: null,
      create: createDeadCard,
    },
    {
      id: 'not-ktp',
      label: { id: 'Kartu lain (kartu transportasi)', en: 'Another card (transit card)' },
      kind: 'foreign',
      person: null,
      type: null,
      generation: null,
      create: () => createForeignCard(named('uid not-ktp', 4)),
    },
  ];
}

function order(
  name: string,
  type: ChipOrder['type'],
  generation: CardGeneration,
  activated = false,
): ChipOrder {
  return { name, type, generation, activated };
}

/** Card content is made when it is first needed: signing all of the deck at start would be for nothing. */
function chipCard(
  { name, type, generation, activated }: ChipOrder,
  person: Person,
  change: Partial<DeckCard> & { shown?: Partial<Holder>; keys?: ChipContent['keys'] } = {},
): DeckCard {
  const { shown, keys, ...looks } = change;
  let content: ChipContent | undefined;
  const make = () => {
    const holder = holderOf(person);
    const made = personalise(TEST_ISSUER, { name, type, generation, activated }, holder, {
      ...holder,
      ...shown,
    });
    return keys ? { ...made, keys } : made;
  };
  return {
    id: name,
    label: {
      id: `Tipe ${type}, generasi ${generation === 'old' ? 'lama' : 'baru'}${activated ? ', sudah aktif' : ''}`,
      en: `Type ${type}, ${generation} generation${activated ? ', already activated' : ''}`,
    },
    kind: 'genuine',
    person: person.id,
    type,
    generation,
    create(options) {
      content ??= make();
      return createChip(content, options);
    },
    ...looks,
  };
}

const tamperedParts = {
  photo: { id: 'foto', en: 'photo' },
  biodata: { id: 'biodata', en: 'biodata' },
  minutiae: { id: 'minutiae', en: 'minutiae' },
  signature: { id: 'tanda tangan', en: 'signature' },
};

function tampered(part: keyof typeof tamperedParts, person: Person, shown: Partial<Holder>): DeckCard {
  const { id, en } = tamperedParts[part];
  return chipCard(order(`tampered-${part}`, 'B', 'new'), person, {
    label: { id: `Palsu: ${id} diubah`, en: `Forged: ${en} changed` },
    kind: 'tampered',
    shown,
  });
}

function clone(keys: 'clone' | 'refusing', label: Text, person: Person): DeckCard {
  return chipCard(order(keys === 'clone' ? 'clone' : 'clone-refusing', 'B', 'new'), person, {
    label: { id: `Palsu: ${label.id}`, en: `Forged: ${label.en}` },
    kind: 'clone',
    keys,
  });
}

function holderOf(person: Person): Holder {
  const [right, left] = person.fingers;
  return {
    biodata: person.biodata,
    photo: person.photo,
    signature: person.signature,
    minutiae: [right!.record, left!.record],
  };
}
