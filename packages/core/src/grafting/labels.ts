import { nearestNames, RegraftError } from '@regraft/errors';

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** Throws unless there are two labels or more, none of them empty or given twice. */
export const requireLabels = (labels: readonly string[]): void => {
  if (labels.length < 2) {
    throw new RegraftError({
      code: 'data-too-small',
      message: `A classifier needs at least two labels. Received: ${labels.length === 0 ? 'none' : quoted(labels)}.`,
      hint: 'Add images of another class.',
    });
  }
  const twice = labels.filter((label, index) => label === '' || labels.indexOf(label) !== index);
  if (twice.length > 0) {
    throw new RegraftError({
      code: 'labels-mismatch',
      message: `Labels are names that stand once each. Received: ${quoted([...new Set(twice)])} more than once or empty.`,
      hint: 'Give every class a name of its own.',
    });
  }
};

/** Throws `labels-mismatch`, naming what is missing and what is extra, unless both hold the same labels. */
export const requireSameLabels = (model: readonly string[], data: readonly string[]): void => {
  requireLabels(data);
  const missing = model.filter((label) => !data.includes(label));
  const extra = data.filter((label) => !model.includes(label));
  if (missing.length === 0 && extra.length === 0) return;
  const differences = [
    ...(missing.length > 0 ? [`without ${quoted(missing)}`] : []),
    ...(extra.length > 0 ? [`with ${quoted(extra)} besides`] : []),
  ];
  throw new RegraftError({
    code: 'labels-mismatch',
    message: `A head is kept only for the labels it knows: ${quoted(model)}. Received: labels ${differences.join(' and ')}.`,
    hint:
      extra.length > 0 && missing.length === 0
        ? 'Extend the head to keep the old classes and add the new ones, or replace it.'
        : 'Replace the head to train on these labels alone.',
    details: { missing, extra },
  });
};

/**
 * The model's class index of each label name. Throws `labels-mismatch` for a name the model doesn't know.
 *
 * @example indexLabels(model.labels, ['bees', 'ants', 'bees']) // Int32Array [1, 0, 1]
 */
export const indexLabels = (labels: readonly string[], names: readonly string[]): Int32Array => {
  const indexes = new Map(labels.map((label, index) => [label, index]));
  return Int32Array.from(names, (name) => {
    const index = indexes.get(name);
    if (index !== undefined) return index;
    const near = nearestNames(name, labels);
    throw new RegraftError({
      code: 'labels-mismatch',
      message: `The model's labels are ${quoted(labels)}. Received: "${name}".`,
      hint: near.length > 0 ? `Did you mean ${quoted(near)}?` : "Use the model's labels, or extend its head.",
      details: { label: name },
    });
  });
};
