/** Who somebody is, and whether they were recorded: the roster and the statuses that the store holds. */
import { ok } from '../failures/failure.ts';
import type { Store } from '../store/store.ts';
import type { Invited, Registry } from './recording-parts.ts';

export function createRegistry({
  roster,
  receipts,
  statuses,
}: Pick<Store, 'roster' | 'receipts' | 'statuses'>): Registry {
  return {
    async byInvitation(code) {
      const found = await roster.lookUp({ invitation: code }, 'kiosk');
      return found.ok ? ok(found.value[0] ? invited(found.value[0]) : null) : found;
    },
    byReceipt: (receipt) => receipts.holder(receipt),
    async byNik(nik) {
      const found = await roster.lookUp({ nik }, 'kiosk');
      return found.ok ? ok(found.value[0] ? invited(found.value[0]) : null) : found;
    },
    status: (nik) => statuses.of(nik),
  };
}

/** The roster knows less than a family card: the rest an operator enters. */
function invited(found: {
  readonly nik: string;
  readonly name: string;
  readonly birthDate: string;
  readonly village: string;
}): Invited {
  const [year, month, day] = found.birthDate.split('-');
  return {
    nik: found.nik,
    biodata: {
      nik: found.nik,
      nama: found.name,
      tanggalLahir: `${day}-${month}-${year}`,
      kelurahan: found.village,
    },
  };
}
