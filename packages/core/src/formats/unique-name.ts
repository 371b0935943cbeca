/** The wanted name, or the first of `wanted_1`, `wanted_2`, … that isn't taken. */
export const uniqueName = (wanted: string, taken: { has(name: string): boolean }): string => {
  let name = wanted;
  for (let count = 1; taken.has(name); count++) name = `${wanted}_${count}`;
  return name;
};
