"use client";

import { RecordPage } from "@/features/customers/record/record-page";
import { customerParts } from "../parts";

export function CustomerRecord({ id }: { id: string }) {
  return <RecordPage id={id} parts={customerParts} />;
}
