"use client";

import dynamic from "next/dynamic";

/** Parts of a list page that are loaded when somebody opens them. */
export const ConditionsBuilder = dynamic(() =>
  import("./conditions-builder").then((m) => m.ConditionsBuilder),
);
export const SelectionBar = dynamic(() => import("./selection-bar").then((m) => m.SelectionBar));
export const EditDialog = dynamic(() => import("./bulk-dialogs").then((m) => m.EditDialog));
export const AssignDialog = dynamic(() => import("./bulk-dialogs").then((m) => m.AssignDialog));
export const ConfirmMany = dynamic(() => import("./bulk-dialogs").then((m) => m.ConfirmMany));
export const TagDialog = dynamic(() => import("@/features/tags").then((m) => m.TagDialog));
export const RenameDialog = dynamic(() => import("./view-dialogs").then((m) => m.RenameDialog));
export const SaveViewDialog = dynamic(() => import("./view-dialogs").then((m) => m.SaveViewDialog));
export const RowEdit = dynamic(() => import("./row-edit").then((m) => m.RowEdit));
