import type { VersionSummary } from '@regraft/studio';
import { expect, test } from 'vitest';
import { versionTree } from './version-tree.js';

const version = (id: string, parent: string | null, backbone = 'a.net'): VersionSummary => ({
  version: id,
  name: null,
  aliases: [],
  labels: ['ants', 'bees'],
  accuracy: { value: 0.948, low: 0.901, high: 0.974, n: 153 },
  parent,
  backbone,
  createdAt: '2026-11-25T10:00:00.000Z',
});

const labelsOf = (versions: readonly VersionSummary[]): string[] =>
  versionTree(versions).map(({ label }) => label);

test('versions stand below what they were trained from, the oldest first', () => {
  const newestFirst = [
    version('v6', 'v4'),
    version('v5', null, 'b.net'),
    version('v4', 'v2'),
    version('v3', 'v1'),
    version('v2', 'v1'),
    version('v1', null),
  ];
  expect(labelsOf(newestFirst)).toEqual([
    'a.net',
    '└─ v1',
    '   ├─ v2',
    '   │  └─ v4',
    '   │     └─ v6',
    '   └─ v3',
    'b.net',
    '└─ v5',
  ]);
});

test('a version whose parent is not listed stands below its backbone', () => {
  expect(labelsOf([version('v3', 'v2'), version('v1', null)])).toEqual(['a.net', '├─ v1', '└─ v3']);
});

test('names, accuracy and labels are told; a backbone has none', () => {
  const named = { ...version('v1', null), name: 'insects', aliases: ['champion'] };
  expect(versionTree([named])).toEqual([
    { version: null, label: 'a.net', detail: '' },
    { version: named, label: '└─ v1 insects, champion', detail: '94.8 % (90.1-97.4, n 153)  2 labels' },
  ]);
  expect(versionTree([])).toEqual([]);
});
