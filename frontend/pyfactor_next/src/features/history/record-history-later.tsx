"use client";

import dynamic from "next/dynamic";

/** The history of one record; its code comes when a history is opened. */
export const RecordHistory = dynamic(() => import("./record-history").then((m) => m.RecordHistory));
