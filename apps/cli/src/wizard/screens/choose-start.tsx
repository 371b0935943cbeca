import {
  type BackboneListing,
  defaultBackbone,
  formatBytes,
  formatShare,
  labelRelation,
  type VersionSummary,
} from '@regraft/studio';
import { useState } from 'react';
import { Box, Text } from '../../ink.js';
import { useDraft } from '../draft.js';
import { type Choice, ChoiceList } from '../input/choice-list.js';
import { ErrorPanel } from '../layout/error-panel.js';
import { choiceKeys, useBodyRows } from '../layout/frame.js';
import { Paragraph } from '../layout/paragraph.js';
import { Screen } from '../layout/screen.js';
import { useNavigation } from '../navigation.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';
import { relationWords } from './relation-words.js';

type Start =
  | { readonly kind: 'backbone'; readonly listing: BackboneListing }
  | { readonly kind: 'version'; readonly version: VersionSummary };

/** A weight is four bytes. */
const sizeOf = ({ spec }: BackboneListing): string => formatBytes(spec.parameters * 4);

const backboneChoice = (listing: BackboneListing): Choice<Start> => {
  const { spec, availability } = listing;
  const place = availability === 'pullable' ? 'to be fetched' : 'here';
  return {
    value: { kind: 'backbone', listing },
    label: spec.id,
    detail: `${sizeOf(listing)}, ${spec.licence}, ${place}`,
  };
};

const versionChoice = (version: VersionSummary): Choice<Start> => ({
  value: { kind: 'version', version },
  label: [version.version, version.name].filter(Boolean).join(' '),
  detail: `${version.accuracy ? `${formatShare(version.accuracy)}, ` : ''}from ${version.parent ?? version.backbone}`,
});

/** What taking it means, in a sentence. */
const explain = (start: Start, labels: readonly string[]): string => {
  if (start.kind === 'version') return relationWords(labelRelation(labels, start.version.labels).relation);
  const { spec, availability } = start.listing;
  const fetch = availability === 'pullable' ? ` It is fetched first: regraft backbones pull ${spec.id}.` : '';
  return `${spec.title}, trained on ${spec.pretrainedOn}. It gets a new head for your ${labels.length} labels.${fetch}`;
};

const startOf = ({ backbone = defaultBackbone, from }: { backbone?: string; from?: string }) =>
  from ?? backbone;

const nameOf = (start: Start): string =>
  start.kind === 'version' ? start.version.version : start.listing.spec.id;

const Choices = ({
  choices,
  rows,
}: {
  readonly choices: readonly Choice<Start>[];
  readonly rows: number;
}) => {
  const { draft, change } = useDraft();
  const navigation = useNavigation();
  const taken = choices.findIndex(({ value }) => nameOf(value) === startOf(draft.flags));
  const first = Math.max(0, taken);
  const [at, setAt] = useState<Start>(choices[first]!.value);
  const labels = draft.data?.manifest.labels ?? [];
  const choose = (start: Start): void => {
    const { backbone: _, from: __, head: ___, ...flags } = draft.flags;
    if (start.kind === 'version') {
      change({ flags: { ...flags, from: start.version.version } });
      navigation.open({ screen: 'head' });
      return;
    }
    change({ flags: { ...flags, backbone: start.listing.spec.id } });
    navigation.open({ screen: 'depth' });
  };
  return (
    <>
      <Box height={3} overflow="hidden" marginBottom={1}>
        <Paragraph text={explain(at, labels)} isMuted />
      </Box>
      <ChoiceList choices={choices} start={first} rows={rows - 4} onMove={setAt} onChoose={choose} />
    </>
  );
};

/** What to start from: a pretrained backbone, or a version that is to be fine-tuned. */
export const ChooseStart = () => {
  const services = useServices();
  const rows = useBodyRows();
  const { loaded } = useLoaded('starts', async () => {
    const [backbones, { versions }] = await Promise.all([services.backbones(), services.overview()]);
    const here = backbones.filter(({ availability }) => availability !== 'pullable');
    const elsewhere = backbones.filter(({ availability }) => availability === 'pullable');
    return [...here.map(backboneChoice), ...versions.map(versionChoice), ...elsewhere.map(backboneChoice)];
  });
  return (
    <Screen
      title="New model"
      aside="2 of 4"
      keys={choiceKeys}
      help={[
        'A backbone is a network that has learned from millions of pictures to see shapes, textures and things. It keeps what it learned, and gets a new head for your labels.',
        'A version is a model of yours. Start from it if the new images are more of the same, or if it already knows some of the labels.',
      ]}
    >
      <Text bold>What shall it start from?</Text>
      {loaded.status === 'failed' ? <ErrorPanel error={loaded.error} /> : null}
      {loaded.status === 'ready' ? <Choices choices={loaded.value} rows={rows - 1} /> : null}
    </Screen>
  );
};
