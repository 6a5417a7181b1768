/** What one key opens: a kind of screen, with what it shows and which wishes it may pass on. */
import type { Result } from '../../failures/failure.ts';
import type { Intent } from '../contract/intent.ts';
import type { View } from '../contract/view.ts';

export interface Door {
  /** Stands in the address. */
  readonly screen: View['screen'];
  /** The key of this boot, at least 128 random bits in base64url. */
  readonly key: string;
  /** A screen has come in. `changed`: its own view has, by what was asked there. */
  enter(changed: () => void): Visit;
  /** Calls the listener after every change of what this door shows; returns what ends it. */
  subscribe(listener: () => void): () => void;
  /** What may be seen with this token, a key or what a login was given; undefined: it opens nothing here. */
  gallery(token: string): Gallery | undefined;
}

/** One screen, from its hello to the end of its connection. */
export interface Visit {
  draw(): View;
  perform(intent: Intent): Promise<Result>;
  /** The connection has ended. */
  leave?(): void;
  /** Live pictures of the capture at hand, the newest wins; returns what ends them. */
  preview?(show: (picture: Uint8Array) => void): () => void;
}

/** The picture of this id, as long as its holder may see it; undefined for any other id. */
export type Gallery = (id: string) => Promise<Picture | undefined>;

export interface Picture {
  readonly type: 'image/jpeg' | 'image/svg+xml';
  readonly bytes: Uint8Array;
}
