/** The store's part of the configuration: where its two keys come from. */
import { z } from 'zod';

export const keySource = z.union(
  [
    z.string().min(1),
    // The name becomes a file name below $CREDENTIALS_DIRECTORY, so it must not be able to leave it.
    z.strictObject({ credential: z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/) }),
  ],
  { error: 'expected a file path or {"credential": "<name>"}' },
);

/** A path of a file with 32 bytes and mode 0600, or the name of a systemd credential with 32 bytes. */
export type KeySource = z.infer<typeof keySource>;

export const storeSettings = z
  .strictObject({
    /** Key of the database; without it `<dataDir>/keys/store.key`, generated at the first start. */
    key: keySource.optional(),
    /** Ed25519 seed that signs the head of the audit; without it `<dataDir>/keys/audit.key`, generated too. */
    auditKey: keySource.optional(),
  })
  .default({});

export type StoreSettings = z.infer<typeof storeSettings>;
