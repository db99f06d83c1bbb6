"use client";

import dynamic from "next/dynamic";

/** Tags are an addition to pages that are shown without them first. */
export const RecordTags = dynamic(() => import("./record-tags").then((m) => m.RecordTags), {
  loading: () => <div className="min-h-7" />,
});
export const TagsCell = dynamic(() => import("./tags-cell").then((m) => m.TagsCell));
export const TagOptions = dynamic(() => import("./tag-options").then((m) => m.TagOptions));
export const TagDialog = dynamic(() => import("./tag-dialog").then((m) => m.TagDialog));
