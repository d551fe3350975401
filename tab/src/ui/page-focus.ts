import { createContext, use } from 'react';

type Focus = {
  /** True until the person has gone to another page. */
  isFirstPage: () => boolean;
};

const PageFocusContext = createContext<Focus>({ isFirstPage: () => true });
export const PageFocusProvider = PageFocusContext.Provider;

export function usePageFocus(): Focus {
  return use(PageFocusContext);
}
