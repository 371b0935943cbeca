import { Text } from '../../ink.js';
import { Screen } from '../layout/screen.js';

/** How to try a version on images. */
export const TryVersion = ({ version }: { readonly version: string }) => (
  <Screen
    title={`Try ${version}`}
    keys={[['Esc', 'back']]}
    help={['The command labels images with the version.']}
  >
    <Text>Try it with: regraft predict {version} photo.jpg</Text>
  </Screen>
);
