"use client";

import dynamic from "next/dynamic";
import type { Candidates as LoadedCandidates } from "./candidates";
import type { DuplicatesPage as LoadedPage } from "./duplicates-page";
import type { MergeWith as LoadedMergeWith } from "./merge-with";

// Loaded where somebody looks for duplicates. dynamic() forgets that they are generic.
export const Candidates = dynamic(() =>
  import("./candidates").then((m) => m.Candidates),
) as unknown as typeof LoadedCandidates;
export const DuplicatesItem = dynamic(() =>
  import("./duplicates-item").then((m) => m.DuplicatesItem),
);
export const DuplicatesPage = dynamic(() =>
  import("./duplicates-page").then((m) => m.DuplicatesPage),
) as unknown as typeof LoadedPage;
export const MergeWith = dynamic(() =>
  import("./merge-with").then((m) => m.MergeWith),
) as unknown as typeof LoadedMergeWith;
