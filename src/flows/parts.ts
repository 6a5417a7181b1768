/** What the desk's flows work with; compose.ts puts it together. Everything with an effect comes in here. */
import type { Biometrics } from '../biometrics/pool.ts';
import type { CaseFiles } from '../capture/case-files.ts';
import type { ApduReader, CardReader, SealedReader } from '../devices/card-reader/port.ts';
import type { FingerSensor } from '../devices/fingerprint/port.ts';
import type { Result } from '../failures/failure.ts';
import type { CardProfile } from '../ktp/profile.ts';
import type { SamOpen } from '../ktp/sam.ts';
import type { Store } from '../store/store.ts';
import type { DeskPolicy } from './settings.ts';

/** An APDU reader with what the relay needs to use it. */
export interface ChipStation {
  readonly reader: ApduReader;
  readonly profile: CardProfile;
  readonly samOpen: SamOpen;
}

export interface DeskParts {
  readonly readers: readonly CardReader[];
  /** By reader id; a failure code where the reader is not of that kind. */
  chipStation(readerId: string): Result<ChipStation>;
  sealedReader(readerId: string): Result<SealedReader>;
  readonly sensor: FingerSensor | undefined;
  readonly biometrics: Biometrics;
  readonly store: Store;
  readonly caseFiles: CaseFiles;
  readonly policy: DeskPolicy;
}
