/** JSON text for a column. Throws TypeError on what JSON cannot hold at its top: undefined, a function. */
export const encodeJson = (value: unknown): string => {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`A stored value must be JSON. Received: ${typeof value}`);
  return text;
};

/** JSON text for a column where undefined means that there is nothing. */
export const encodeOptionalJson = (value: unknown): string | null =>
  value === undefined ? null : encodeJson(value);

/** The value in a JSON column. */
export const decodeJson = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

/** The time in a column that may be empty. */
export const decodeTime = (time: number | null): Date | null => (time === null ? null : new Date(time));
