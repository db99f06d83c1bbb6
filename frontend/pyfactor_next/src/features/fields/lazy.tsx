"use client";

import dynamic from "next/dynamic";

/** Inputs of every kind, loaded once a record or a form is looked at. */
export const RecordGroupLater = dynamic(() => import("./record-group").then((m) => m.RecordGroup));
export const FormGroupLater = dynamic(() => import("./form-group").then((m) => m.FormGroup));
