"use client";

import dynamic from "next/dynamic";

/** Who sees a record; loaded when somebody asks. */
export const AccessDialog = dynamic(() => import("./access-dialog").then((m) => m.AccessDialog));
