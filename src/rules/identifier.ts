/**
 * What may name a device, an operator or a state: letters, digits, ".", ":", "_" and "-", at most 64, with a letter
 * and without a run of five digits, so that neither a PIN nor a NIK fits where a name stands (the audit holds names).
 */
export const IDENTIFIER = /^(?=.*[A-Za-z])(?!.*\d{5})\w[\w.:-]{0,63}$/;
/** What a message says is expected. */
export const IDENTIFIER_IN_WORDS =
  'a name with a letter, of letters, digits and ".:_-", without five digits in a row';
