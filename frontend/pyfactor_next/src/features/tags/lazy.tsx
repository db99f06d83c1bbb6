"use client";

import dynamic from "next/dynamic";

/**
 * Tags are an addition to pages that are shown without them first. Only the browser draws them: by the time
 * this code is there somebody else may have loaded the tags, and the page would not be what the server drew.
 */
export const RecordTags = dynamic(() => import("./record-tags").then((m) => m.RecordTags), {
  ssr: false,
  loading: () => <div className="min-h-7" />,
});
export const TagsCell = dynamic(() => import("./tags-cell").then((m) => m.TagsCell), {
  ssr: false,
});
export const TagOptions = dynamic(() => import("./tag-options").then((m) => m.TagOptions));
export const TagDialog = dynamic(() => import("./tag-dialog").then((m) => m.TagDialog));
