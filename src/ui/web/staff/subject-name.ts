/** What an exception stands for, in words. */
import type { Text } from '../../../failures/entry.ts';
import { fingerName } from '../../../rules/finger-position.ts';
import type { ExceptionSubject } from '../../../rules/recording.ts';
import { captures, eyes } from '../resident/texts.ts';

export function subjectName(subject: ExceptionSubject): Text {
  switch (subject.kind) {
    case 'finger':
      return fingerName(subject.position);
    case 'iris':
      return eyes[subject.eye];
    case 'signature':
      return captures.signature.title;
    case 'photo-background':
      return { id: 'latar foto', en: 'background of the photo' };
  }
}
