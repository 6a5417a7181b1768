/**
 * What shows that a biometric record came out of a certified device (MOSIP SBI): its signed answer, which the driver
 * has verified. It is kept with the sample, so that the centre can verify it once more.
 */
export interface SbiProof {
  /** The device's answer as it came: a JWS in compact form, whose payload holds the record. */
  readonly jws: string;
  /** Upper-case hex SHA-256: of the previous hash and this record's, the chain of one transaction. */
  readonly hash: string;
}
