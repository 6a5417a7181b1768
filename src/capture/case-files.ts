/**
 * The open cases' images and minutiae, in memory only and gone when the case closes. The flows keep ids; this
 * room is the only one that holds what a person looks like or the shape of their fingers.
 */
import { randomUUID } from 'node:crypto';
import type { Extraction } from '../biometrics/fingerprint/extract.ts';
import type { FingerTemplate } from '../biometrics/fingerprint/template.ts';

export interface CaseFile {
  /** JPEG. */
  photo?: Uint8Array;
  /** The fingers that the chip holds, as far as they are ISO/IEC 19794-2. */
  templates?: readonly FingerTemplate[];
  /** The live finger of the try at hand. */
  probe?: Extraction;
}

export interface CaseFiles {
  open(): string;
  get(caseId: string): CaseFile | undefined;
  close(caseId: string): void;
}

export function createCaseFiles(): CaseFiles {
  const files = new Map<string, CaseFile>();
  return {
    open() {
      const caseId = randomUUID();
      files.set(caseId, {});
      return caseId;
    },
    get: (caseId) => files.get(caseId),
    close: (caseId) => void files.delete(caseId),
  };
}
