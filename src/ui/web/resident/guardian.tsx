/** Who is with a person under 18, or one whose disability asks for it (UU PDP art. 25 and 26). */
import { useState } from 'preact/hooks';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Choices } from './choices.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { texts } from './texts.ts';

const relations = [texts.relationParent, texts.relationGuardian, texts.relationHelper];

export function Guardian({ why }: { why: 'minor' | 'assistance' }) {
  const t = useText();
  const { ask, isWaiting } = useResident();
  const [name, setName] = useState('');
  const [relation, setRelation] = useState(relations[0]!);
  return (
    <Scene
      name="guardian"
      title={texts.guardianTitle}
      help={why === 'minor' ? texts.guardianMinor : texts.guardianAssistance}
      action={
        <Button
          kind="main"
          icon="arrowRight"
          label={texts.next}
          disabled={isWaiting || name.trim() === ''}
          onPress={() => ask({ type: 'name-guardian', name: name.trim(), relation: relation.id })}
        />
      }
    >
      <label class="field">
        <span>{t(texts.guardianName)}</span>
        <input
          value={name}
          maxLength={60}
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <h2>{t(texts.guardianRelation)}</h2>
      <Choices
        of={relations.map((each) => ({
          label: each,
          isChosen: each === relation,
          onPress: () => setRelation(each),
        }))}
      />
    </Scene>
  );
}
