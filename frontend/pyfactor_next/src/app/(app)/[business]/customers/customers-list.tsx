"use client";

import { CustomersPage } from "@/features/customers/list/customers-page";
import { customerParts } from "./parts";

export function CustomersList() {
  return <CustomersPage parts={customerParts} />;
}
