"use client";

import dynamic from "next/dynamic";

/** Parts of a list page that are loaded when somebody opens them. */
export const FilterBuilder = dynamic(() => import("./filter-builder").then((m) => m.FilterBuilder));
export const BulkBar = dynamic(() => import("./bulk-bar").then((m) => m.BulkBar));
export const EditDialog = dynamic(() => import("./bulk-dialogs").then((m) => m.EditDialog));
export const AssignDialog = dynamic(() => import("./bulk-dialogs").then((m) => m.AssignDialog));
export const ConfirmMany = dynamic(() => import("./bulk-dialogs").then((m) => m.ConfirmMany));
export const TagDialog = dynamic(() => import("@/features/tags").then((m) => m.TagDialog));
export const RenameDialog = dynamic(() => import("./view-dialogs").then((m) => m.RenameDialog));
export const SaveViewDialog = dynamic(() => import("./view-dialogs").then((m) => m.SaveViewDialog));
export const ViewChanges = dynamic(() => import("./view-changes").then((m) => m.ViewChanges));
export const CellEditor = dynamic(() => import("./cell-editor").then((m) => m.CellEditor));
