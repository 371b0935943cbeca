import type { Recipe } from '@regraft/studio';
import { createContext, useContext } from 'react';

/** What is stored: the list that is shown, and what of it is chosen. */
export interface BrowseRoute {
  readonly screen: 'browse';
  readonly list: 'versions' | 'runs';
  /** `v3`, or the number of a run; the first one unless told. */
  readonly at?: string;
}

/** A screen and what it is about. */
export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'data' }
  | { readonly screen: 'start' }
  | { readonly screen: 'head' }
  | { readonly screen: 'depth' }
  /** With a recipe that was advised, instead of the answers. */
  | { readonly screen: 'review'; readonly recipe?: Recipe }
  | { readonly screen: 'run'; readonly run: number }
  /** A result that was opened from the list of runs goes back to it, one that a run led to goes home. */
  | { readonly screen: 'result'; readonly run: number; readonly isListed?: boolean }
  | BrowseRoute
  | { readonly screen: 'version'; readonly version: string }
  | { readonly screen: 'promote'; readonly version: string }
  | { readonly screen: 'name'; readonly version: string }
  | { readonly screen: 'delete'; readonly version: string }
  | { readonly screen: 'compare-with'; readonly version: string }
  | { readonly screen: 'compare'; readonly version: string; readonly other: string }
  | { readonly screen: 'try'; readonly version: string }
  | { readonly screen: 'advice' }
  | { readonly screen: 'advice-data' }
  | { readonly screen: 'advice-budget' }
  | { readonly screen: 'advice-review' };

export interface Navigation {
  /** Opens a screen; Esc comes back to this one. */
  readonly open: (route: Route) => void;
  /** Opens a screen in place of this one. */
  readonly replace: (route: Route) => void;
  readonly back: () => void;
  readonly home: () => void;
  /** Leaves the wizard; the lines stay in the terminal. */
  readonly leave: (...lines: string[]) => void;
}

export const NavigationContext = createContext<Navigation | null>(null);

/** What a screen goes elsewhere by. */
export const useNavigation = (): Navigation => {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new TypeError('A screen needs the wizard around it.');
  return navigation;
};
