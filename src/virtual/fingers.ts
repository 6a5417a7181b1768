/** The fingers that can be pressed, well or not: those of the virtual people, and pictures in files. */
import sharp from 'sharp';
import { fail, ok, type Result } from '../failures/failure.ts';
import { fingerName, isFingerPosition } from '../rules/finger-position.ts';
import type { GrayImage } from '../rules/gray-image.ts';
import type { BenchStatus } from './commands.ts';
import { leftBehind, type Mishap, onDirtyGlass, smeared } from './people/mishaps.ts';
import type { Person } from './people/people.ts';
import { touchOf } from './people/touches.ts';

const DPI = 500;

/** How far a finger slides, pixels: its way is smeared, as quality.ts tells it. */
const SLIDE = [30, 10] as const;
/** How dark a print on the glass is beside the one that left it. */
const LATENT = 0.3;

export class Fingers {
  readonly #people: readonly Person[];
  /** The print that was pressed last, on whichever sensor. */
  #last: GrayImage | undefined;

  constructor(people: readonly Person[]) {
    this.#people = people;
  }

  /** Any finger by its person and position, e.g. `endah-2` for Endah's right index finger; impressions count from 1. */
  async image(id: string, impression: number): Promise<Result<GrayImage>> {
    const [name, code] = id.split('-');
    const person = this.#people.find((one) => one.id === name);
    const position = Number(code);
    if (!person || !isFingerPosition(position)) return fail('BENCH-COMMAND-INVALID', `no finger ${id}`);
    return ok(await touchOf(person, position, impression));
  }

  /** What a sensor sees of a finger, or of the one before it. */
  seen(print: GrayImage, mishap: Mishap | undefined): Result<GrayImage> {
    const last = this.#last;
    const sameSize = last?.width === print.width && last.height === print.height;
    if (mishap === 'moved') return ok(smeared(print, ...SLIDE));
    if (mishap && !(last && sameSize)) return fail('BENCH-COMMAND-INVALID', 'no finger has left a print yet');
    if (mishap === 'left-behind') return ok(leftBehind(last!, LATENT));
    this.#last = print;
    return ok(mishap === 'dirty-glass' ? onDirtyGlass(print, leftBehind(last!, LATENT)) : print);
  }

  /** Those on the people's chips. */
  list(): BenchStatus['fingers'] {
    return this.#people.flatMap(({ id, biodata: { nama }, fingers }) =>
      fingers.map(({ position, impressions }) => {
        const name = fingerName(position);
        return {
          id: `${id}-${position}`,
          label: { id: `${nama}, ${name.id}`, en: `${nama}, ${name.en}` },
          person: id,
          position,
          impressions: impressions.length,
        };
      }),
    );
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
