/** The virtual people's invitations, as the centre would send them: each holds a code that a scanner reads. */
import { residents } from './residents.ts';

interface Invitation {
  /** As the QR has it. */
  readonly id: string;
  readonly nik: string;
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  readonly village: string;
  /** YYYY-MM-DD. */
  readonly invitedOn: string;
  readonly state: 'delivered';
  readonly deliveredBy: null;
}

const INVITED_ON = '2026-03-02';

/** @param person id of a resident */
export function invitationCode(person: string): string {
  return `UJI-${person.toUpperCase()}`;
}

export const invitations: readonly Invitation[] = residents.map(({ id, biodata }) => ({
  id: invitationCode(id),
  nik: biodata.nik,
  name: biodata.nama,
  birthDate: biodata.tanggalLahir.split('-').toReversed().join('-'),
  village: biodata.kelurahan,
  invitedOn: INVITED_ON,
  state: 'delivered',
  deliveredBy: null,
}));
