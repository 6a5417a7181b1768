/** One entry of the catalogue: what happened, and what a resident and a member of staff can do about it. */
export interface Text {
  readonly id: string;
  readonly en: string;
}
export type Language = keyof Text;

export interface Entry {
  readonly cause: Text;
  /** What to tell the resident; present only where a resident can meet the failure. */
  readonly resident?: Text;
  /** What the operator, the desk officer or the technician does next. */
  readonly staff: Text;
}
export type Entries = Readonly<Record<string, Entry>>;
