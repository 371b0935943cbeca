import { useDraft } from '../draft.js';
import { useNavigation } from '../navigation.js';
import { DataQuestion } from './data-question.js';

/** Which new images advice is asked on. */
export const AdviseData = () => {
  const { draft, change } = useDraft();
  const navigation = useNavigation();
  return (
    <DataQuestion
      title={`Advice on ${draft.advice.version ?? ''}`}
      aside="2 of 4"
      question="Which are the new images?"
      help={[
        'Name a folder that has a folder for each label, with the images of that label in it, or a CSV file with the columns path and label.',
        'Their labels may be those of the model, others, or some of both: which case it is decides what is compared. Images that it has seen before are found and left out of every test.',
      ]}
      start={draft.typed}
      onTake={(answer) => {
        change(answer);
        navigation.open({ screen: 'advice-budget' });
      }}
    />
  );
};
