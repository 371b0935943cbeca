import { stripVTControlCharacters } from 'node:util';
import { recordingToSvg } from '../recording-to-svg.js';
import { screenToSvg } from '../screen-to-svg.js';
import { type CapturedScene, pageColumns, pageRows } from './capture-scenes.js';

const textOf = (lines: readonly string[]): string =>
  lines
    .map((line) => stripVTControlCharacters(line).trimEnd())
    .join('\n')
    .trimEnd();

const imageOf = ({ scene }: CapturedScene): string => `images/wizard-${scene.name}.svg`;

const renderScene = (captured: CapturedScene): string => {
  const { title, sentence, hasImage } = captured.scene;
  const image = hasImage ? `![${title}](${imageOf(captured)})\n\n` : '';
  return `## ${title}\n\n${sentence}\n\n${image}\`\`\`text\n${textOf(captured.lines)}\n\`\`\`\n`;
};

const renderPage = (captured: readonly CapturedScene[]): string => `# The wizard, screen by screen

Taken from the wizard itself in a terminal of ${pageColumns} columns by \`npm run wizard:pages\`. Times, rates, sizes of memory and of the store, and hashes are the same in all of them: they are not measurements.

${captured.map(renderScene).join('\n')}`;

const drawScene = ({ scene, lines }: CapturedScene): string =>
  screenToSvg(lines, {
    columns: pageColumns,
    rows: textOf(lines).split('\n').length,
    title: `regraft: ${scene.title}`,
  });

const drawRecording = (captured: readonly CapturedScene[]): string =>
  recordingToSvg(
    captured.map(({ scene, lines }) => ({
      lines: lines.slice(0, pageRows),
      seconds: scene.recordedSeconds!,
    })),
    { columns: pageColumns, rows: pageRows, title: 'regraft' },
  );

/** The content of docs/wizard.md and its images, by their paths in docs. */
export const renderPages = (captured: readonly CapturedScene[]): Map<string, string> => {
  const recorded = captured.filter(({ scene }) => scene.recordedSeconds !== undefined);
  return new Map([
    ['wizard.md', renderPage(captured)],
    ...captured
      .filter(({ scene }) => scene.hasImage)
      .map((entry): [string, string] => [imageOf(entry), drawScene(entry)]),
    ...(recorded.length > 0 ? [['images/wizard.svg', drawRecording(recorded)] as const] : []),
  ]);
};
