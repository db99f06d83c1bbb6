"use client";

import dynamic from "next/dynamic";

/** Parts of a list page that are loaded when somebody opens them. */
export const FilterBuilder = dynamic(() => import("./filter-builder").then((m) => m.FilterBuilder));
