import type { Recipe } from '@regraft/studio';
import { createContext, useContext } from 'react';

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
  | { readonly screen: 'result'; readonly run: number }
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
