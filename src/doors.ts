/** The screens of the kiosk, each behind a key of this boot: the desk's, the resident's, the staff's, the wall's. */
import { randomBytes } from 'node:crypto';
import type { Kiosk } from './compose.ts';
import type { OpenedStation } from './compose-station.ts';
import type { KeepFeeReport } from './compose-uplink.ts';
import type { Desk } from './flows/desk.ts';
import { createEnrol } from './flows/staff-enrolment.ts';
import { createSignIn } from './flows/staff-sign-in.ts';
import { createDeskDoor } from './ui/server/desk-door.ts';
import type { Door } from './ui/server/door.ts';
import { createFeeChannel } from './ui/server/fee-channel.ts';
import { createQueueDoor } from './ui/server/queue-door.ts';
import { createResidentDoor } from './ui/server/resident-door.ts';
import { sessionPictures } from './ui/server/session-pictures.ts';
import { createStaffDoor } from './ui/server/staff-door.ts';

export function doorsOf(
  { parts, bench, configuration, supervisor }: Kiosk,
  desk: Desk,
  { station, captureRoom }: OpenedStation,
  keepFeeReport: KeepFeeReport | undefined,
): Door[] {
  const { store, biometrics, caseFiles, readers } = parts;
  const { recording, login } = configuration.policy;
  const { picture, preview } = sessionPictures({ station, captureRoom, store, biometrics });
  const fees = keepFeeReport && createFeeChannel(keepFeeReport);
  const doors = [
    createDeskDoor({
      key: newKey(),
      desk,
      fees,
      photo: (caseId) => caseFiles.get(caseId)?.photo,
      bench,
    }),
    createResidentDoor({
      key: newKey(),
      station,
      policy: recording,
      picture: (id) => picture(id, 'resident'),
      preview,
      place: {
        readers: readers.filter(({ kind }) => kind === 'apdu').map(({ id }) => id),
        inches: configuration.screens.residentInches ?? null,
      },
      fees,
      bench,
    }),
    createQueueDoor(newKey(), station),
  ];
  if (!supervisor) return doors;
  const factors = { biometrics, reader: chipOf(parts), sensor: parts.sensor };
  const staff = createStaffDoor({
    key: newKey(),
    station,
    policy: recording,
    login,
    signIn: createSignIn({ ...factors, store, rules: login }),
    enrol: createEnrol({ ...factors, store }),
    store,
    supervisor,
    picture,
    preview,
    bench,
  });
  return [...doors, staff];
}

/** 256 random bits. */
function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** The first reader for KTP-el: a card of the staff is one, too. */
function chipOf({ readers, chipStation }: Kiosk['parts']) {
  const reader = readers.find(({ kind }) => kind === 'apdu');
  const station = reader && chipStation(reader.id);
  return station?.ok ? station.value : undefined;
}
