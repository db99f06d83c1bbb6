"use client";

import { parseAsString, useQueryState } from "nuqs";
import type { FrameTab } from "./record-frame";

/** The open tab of a record's page, kept in its address. A name that is no tab opens none. */
export function usePageTab(): [FrameTab | null, (tab: FrameTab) => void] {
  const [tab, setTab] = useQueryState("tab", parseAsString);
  return [tab as FrameTab | null, setTab as (tab: FrameTab) => void];
}
