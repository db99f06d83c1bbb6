"use client";

import dynamic from "next/dynamic";

/** The history of one record; its code comes when a history is opened. */
export const RecordHistory = dynamic(() => import("./record-history").then((m) => m.RecordHistory));

/** Who last changed a field; its code comes after the record. */
export const LastChange = dynamic(() => import("./last-change").then((m) => m.LastChange), {
  ssr: false,
});
