"use client";

import dynamic from "next/dynamic";
import type { MergeDialog as Loaded } from "./merge-dialog";

/** Loaded when somebody merges. dynamic() forgets that it is generic. */
export const MergeDialog = dynamic(() =>
  import("./merge-dialog").then((m) => m.MergeDialog),
) as unknown as typeof Loaded;
