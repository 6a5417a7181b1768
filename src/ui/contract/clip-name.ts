/** The name of the spoken clip of a sentence: the first 16 hex digits of its SHA-256. */
export async function clipName(sentence: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sentence));
  return [...new Uint8Array(hash).subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
