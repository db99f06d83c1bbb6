import type { CustomerValues } from "../types";
import { emptyValues } from "../values";

/** A half-filled form in this browser tab: it survives a reload, and ends with the tab or the sign-out. */
export interface DraftStore {
  read: () => CustomerValues | null;
  write: (values: CustomerValues) => void;
  clear: () => void;
}

/** One draft per person and business, so that it never turns up in another one. */
export function draftStore(userId: string, slug: string): DraftStore {
  const key = `dott.draft.${userId}.${slug}.customer`;
  return {
    read: () => {
      const stored = sessionStorage.getItem(key);
      if (!stored) return null;
      try {
        const parsed: unknown = JSON.parse(stored);
        return typeof parsed === "object" && parsed !== null
          ? { ...emptyValues, ...(parsed as Partial<CustomerValues>) }
          : null;
      } catch {
        // Cut off or written by something else: there is no draft then.
        sessionStorage.removeItem(key);
        return null;
      }
    },
    write: (values) => {
      try {
        sessionStorage.setItem(key, JSON.stringify(values));
      } catch (error) {
        // A full store only costs the draft; the form itself goes on.
        if (!(error instanceof DOMException)) throw error;
      }
    },
    clear: () => sessionStorage.removeItem(key),
  };
}
