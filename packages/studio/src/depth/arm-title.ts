const titles: Readonly<Record<string, string>> = {
  keep: 'as it is',
  head: 'head only',
  all: 'all blocks',
  scratch: 'from scratch',
};

/** What people call an arm: `head only`, `last 2 blocks`. */
export const armTitle = (name: string): string => titles[name] ?? `${name.replace('last-', 'last ')} blocks`;
