import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Store } from "../state/store.js";

const StoreContext = createContext<Store | undefined>(undefined);

export const StoreProvider = StoreContext.Provider;

/** The page's store, for the parts of the page. */
export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === undefined) throw new Error("A part of the page stands outside of its store.");
  return store;
}
