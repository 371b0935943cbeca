import { useDraft } from '../draft.js';
import { useNavigation } from '../navigation.js';
import { DataQuestion } from './data-question.js';

/** Which images a new model learns from. */
export const ChooseData = () => {
  const { draft, change } = useDraft();
  const navigation = useNavigation();
  return (
    <DataQuestion
      title="New model"
      aside="1 of 4"
      question="Which images shall it learn from?"
      help={[
        'Name a folder that has a folder for each label, with the images of that label in it: photos/ants/1.jpg, photos/bees/7.jpg. Or a CSV file with the columns path and label.',
        'You may drop the folder onto the terminal. Tab completes the path. Images that look alike, are damaged or too large are left out, and you are told.',
      ]}
      start={draft.typed}
      onTake={(answer) => {
        change(answer);
        navigation.open({ screen: 'start' });
      }}
    />
  );
};
