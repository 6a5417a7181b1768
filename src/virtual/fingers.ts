/** The fingers that can be pressed: those of the virtual people, and pictures in files. */
import sharp from 'sharp';
import { fail, ok, type Result } from '../failures/failure.ts';
import { fingerName } from '../rules/finger-position.ts';
import type { GrayImage } from '../rules/gray-image.ts';
import type { BenchStatus } from './commands.ts';
import type { Person, PersonFinger } from './people/people.ts';

const DPI = 500;

export class Fingers {
  readonly #fingers: ReadonlyMap<string, { readonly person: Person; readonly finger: PersonFinger }>;

  constructor(people: readonly Person[]) {
    this.#fingers = new Map(
      people.flatMap((person) =>
        person.fingers.map((finger) => [`${person.id}-${finger.position}`, { person, finger }]),
      ),
    );
  }

  /** By the id of the list below, e.g. `endah-2` for Endah's right index finger. */
  image(id: string, impression: number): Result<GrayImage> {
    const image = this.#fingers.get(id)?.finger.impressions[impression - 1];
    return image ? ok(image) : fail('BENCH-COMMAND-INVALID', `no impression ${impression} of a finger ${id}`);
  }

  list(): BenchStatus['fingers'] {
    return [...this.#fingers].map(([id, { person, finger }]) => {
      const name = fingerName(finger.position);
      return {
        id,
        label: { id: `${person.biodata.nama}, ${name.id}`, en: `${person.biodata.nama}, ${name.en}` },
        person: person.id,
        position: finger.position,
        impressions: finger.impressions.length,
      };
    });
  }
}

/** Any picture that sharp reads, taken as grey at 500 dpi. */
export async function imageFromFile(file: string): Promise<Result<GrayImage>> {
  try {
    const { data, info } = await sharp(file)
      .greyscale()
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return ok({ width: info.width, height: info.height, dpi: DPI, data });
  } catch (error) {
    return fail('BENCH-IMAGE-UNREADABLE', `${file}: ${(error as Error).message}`);
  }
}
