import type { ReactNode } from "react";
import type { Messages } from "use-intl";

export type SectionName = Exclude<
  keyof Messages["records"]["tabs"],
  "label" | "details" | "related"
>;

/** One tab of a record. Its content is drawn only while the tab is open. */
export interface RecordSection {
  name: SectionName;
  content: ReactNode;
}

/** What the route puts into a record's frame: the features themselves do not know one another. */
export interface RecordParts<R> {
  /** The record's tags, below its header. */
  tags?: (record: R) => ReactNode;
  /** Buttons below the header; they may be drawn for a record that nobody can change. */
  actions?: (record: R) => ReactNode;
  /** Cards of what the record has to do with, on the right where there is room. */
  related?: (record: R) => ReactNode;
  /** Who last changed a field, for whoever rests the mouse on its label (`data-last-change`). */
  lastChange?: (record: R) => ReactNode;
  /** The tabs, in order. The first one is open at first. */
  sections: (record: R) => readonly RecordSection[];
}
