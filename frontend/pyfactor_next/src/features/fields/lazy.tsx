"use client";

import dynamic from "next/dynamic";

/** Inputs of every kind, loaded once a record or a form is looked at. */
export const FieldDialogLater = dynamic(() =>
  import("./setup/field-dialog").then((m) => m.FieldDialog),
);
export const OwnFields = dynamic(() => import("./own-fields").then((m) => m.OwnFields));
export const OwnInputLater = dynamic(() => import("./own-input").then((m) => m.OwnInput));
export const FormGroupLater = dynamic(() => import("./form-group").then((m) => m.FormGroup));
