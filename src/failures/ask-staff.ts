/** What a resident is told where only staff can help. */
import type { Text } from './entry.ts';

export const askStaff = {
  id: 'Mohon tunggu, petugas akan membantu Anda.',
  en: 'Please wait, the staff will help you.',
} as const satisfies Text;
