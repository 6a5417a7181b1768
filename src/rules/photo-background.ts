/** The colour behind a resident on the photo: red for odd and blue for even years of birth, orange for foreigners. */
export type PhotoBackground = 'red' | 'blue' | 'orange';

export function photoBackground(birthYear: number, foreigner: boolean): PhotoBackground {
  if (foreigner) return 'orange';
  return birthYear % 2 === 0 ? 'blue' : 'red';
}
